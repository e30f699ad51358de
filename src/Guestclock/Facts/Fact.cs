using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Guestclock.Formats;

namespace Guestclock.Facts;

/// <summary>What every fact tells, whatever its type.</summary>
public interface IFact
{
    FactState State { get; }

    /// <summary>Where it was read: a path, or the name of a question such as <c>adjtimex</c>.</summary>
    string Source { get; }

    /// <summary>Why it is not known, as one sentence without a full stop; null for a known fact.</summary>
    string? Why { get; }

    /// <summary>How long reading took, in nanoseconds of the monotonic clock.</summary>
    long TookNs { get; }

    bool IsKnown { get; }
}

/// <summary>A measured value, or the reason why there is none. Reading never throws: a failure is a fact too.</summary>
public sealed record Fact<T>(FactState State, T? Value, string Source, string? Why = null, long TookNs = 0) : IFact
{
    /// <summary>The fact of a probe that did not come to an end.</summary>
    public static Fact<T> None { get; } = new(FactState.Failed, default, "", "the probe did not finish");

    [JsonIgnore]
    public bool IsKnown => State == FactState.Known;

    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return IsKnown;
    }

    /// <summary>The value, or <paramref name="fallback"/> where it is not known.</summary>
    public T Or(T fallback) => IsKnown ? Value! : fallback;

    /// <summary>True when the value is known and <paramref name="test"/> holds for it.</summary>
    public bool Is(Func<T, bool> test) => IsKnown && test(Value!);

    /// <summary>Parses the value; malformed input becomes a malformed fact, an unknown fact stays as it is.</summary>
    public Fact<TNext> Then<TNext>(Func<T, TNext> parse)
    {
        if (!IsKnown)
            return new(State, default, Source, Why, TookNs);
        try
        {
            return new(FactState.Known, parse(Value!), Source, null, TookNs);
        }
        catch (MalformedInputException e)
        {
            return new(FactState.Malformed, default, Source, e.Message, TookNs);
        }
    }
}

/// <summary>Makers of facts.</summary>
public static class Fact
{
    public static Fact<T> Known<T>(T value, string source, long tookNs = 0) => new(FactState.Known, value, source, null, tookNs);

    public static Fact<T> Unknown<T>(FactState state, string source, string why, long tookNs = 0) => new(state, default, source, why, tookNs);

    public static Fact<T> Missing<T>(string source, string why) => Unknown<T>(FactState.Missing, source, why);
}
