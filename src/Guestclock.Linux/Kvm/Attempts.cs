using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm;

/// <summary>Turns what is tried into facts: one failure hides no other, and nothing is begun after the end.</summary>
internal sealed class Attempts(string source, TimeSpan limit, IProgress<string>? progress, CancellationToken cancellation)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <param name="what">What is done, for whoever waits.</param>
    public Fact<T> Try<T>(string what, Func<T> attempt)
    {
        if (cancellation.IsCancellationRequested)
            return Fact.Unknown<T>(FactState.Failed, source, "not tried: the examination was ended before");
        if (Stopwatch.GetElapsedTime(_start) > limit)
            return Fact.Unknown<T>(FactState.TimedOut, source, $"not tried: the examination had taken {limit.TotalSeconds} s");
        progress?.Report(what);
        var start = Stopwatch.GetTimestamp();
        try
        {
            return Fact.Known(attempt(), source, Elapsed.NsSince(start));
        }
        catch (KvmException e)
        {
            return Fact.Unknown<T>(e.State, source, e.Message, Elapsed.NsSince(start));
        }
        catch (MalformedInputException e)
        {
            return Fact.Unknown<T>(FactState.Malformed, source, e.Message, Elapsed.NsSince(start));
        }
        catch (OverflowException)
        {
            return Fact.Unknown<T>(FactState.Malformed, source, "KVM's figures are beyond what a clock can show", Elapsed.NsSince(start));
        }
        catch (OperationCanceledException)
        {
            return Fact.Unknown<T>(FactState.Failed, source, "the examination was ended before this was done", Elapsed.NsSince(start));
        }
    }

    /// <summary>The same with what an earlier attempt brought; its reason stands where it brought nothing.</summary>
    public Fact<TNext> Try<T, TNext>(Fact<T> from, string what, Func<T, TNext> attempt) => from.TryGet(out var value)
        ? Try(what, () => attempt(value))
        : Fact.Unknown<TNext>(from.State, from.Source, from.Why!);
}
