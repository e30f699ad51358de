using Guestclock.Cli.Commands;
using Guestclock.Discipline;
using Guestclock.Judging;
using Guestclock.Linux.Outputs;
using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Reports;
using Guestclock.Reports.Measure;
using Guestclock.Units;

namespace Guestclock.Cli.Measure;

/// <summary>One call of <c>guestclock measure</c>.</summary>
internal sealed class MeasureRun(CommandContext context, MeasureRequest request)
{
    private const long DefaultIntervalNs = 1_000_000_000;
    private const string SvgBegin = "<svg ";

    private string? _problem;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Plot is { } plot && WholeFile.Refusal(plot, SvgBegin) is { } refusal)
            throw new UsageException($"--plot {plot}: {refusal}");
        if (request is { Plot.Length: > 0, Log.Length: > 0 } && Path.GetFullPath(request.Plot) == Path.GetFullPath(request.Log))
            throw new UsageException($"--plot {request.Plot}: it is the file of --log too; give another name");
        using var interruption = new Interruption(cancellationToken);
        IReference reference;
        try
        {
            // Names may have to be resolved, and what is best to be looked for.
            reference = await Task.Run(Open, CancellationToken.None).WaitAsync(interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Say("interrupted before the first reading");
        }
        catch (ReferenceException e)
        {
            return Say(e.Message);
        }

        using (reference)
            return await MeasureAsync(reference, interruption.Token);
    }

    private async Task<int> MeasureAsync(IReference reference, CancellationToken cancellationToken)
    {
        var plan = new MeasurePlan(Interval(reference), request.Count, request.DurationNs, request.FiltersLucky);
        var startedNs = ClockTriples.Read().UnixNs;
        var name = NameOf(reference);
        using var log = request.Log is { } path ? MeasureLogFile.Open(path, reference.Pair, name, startedNs) : null;
        using var output = MeasureOutput.Of(request.Format, context, name, startedNs);
        var session = new MeasureSession(plan, 0);
        var end = await new MeasureLoop(session, context.Terminal.Time, ClockTriples.Read).RunAsync(reference, Tell, cancellationToken);
        _problem ??= session.FinalProblem;
        var report = Report(reference.Pair, session, end);
        output.End(report);
        context.Stdout.Flush();
        if (_problem is { } problem && request.Format != "text")
            Say(problem);
        return Draw(report, startedNs) ? (int)report.Verdict.Status : ExitCodes.Unknown;

        bool Tell(MeasureEntry entry)
        {
            _problem = log?.Add(entry);
            output.Tell(entry, session, reference.Pair);
            if (request is { Log: null, Plot: null } && context.HasNoReader())
                _problem ??= "nobody reads the output any more";
            return _problem is null;
        }
    }

    private IReference Open() => request.Reference switch
    {
        null => ReferenceFactory.OpenDefault(),
        { Kind: ReferenceKind.Guest } name => GuestReference.Open(name.Argument, request.Libvirt, context.JudgeHost()),
        { Kind: ReferenceKind.Agent } name => AgentReference.OfSocket(name.Argument, context.JudgeHost()),
        var name => ReferenceFactory.Open(name),
    };

    /// <summary>As the user named it; else what it is, without what may change from one run to the next.</summary>
    private string NameOf(IReference reference) => request.Reference?.ToString() ?? reference.Pair.Reference.Split(" (")[0];

    private long Interval(IReference reference)
    {
        var leastNs = reference.LeastInterval.Ticks * 100;
        if (request.IntervalNs is not { } asked)
            return Math.Max(DefaultIntervalNs, leastNs);
        if (asked < leastNs)
            Say($"{NameOf(reference)} is read at most once every {new Nanoseconds(leastNs)}, not every {new Nanoseconds(asked)}");
        return Math.Max(asked, leastNs);
    }

    private MeasureReport Report(MeasuredPair pair, MeasureSession session, MeasureEnd end)
    {
        var summary = MeasureSummary.Of(session);
        var best = summary.Offset?.Best;
        var verdict = OffsetVerdict.Of(best is null ? null : new ClockOffset(best.OffsetNs, best.BoundNs), request.Policy);
        if (end == MeasureEnd.Failed)
            verdict = new(VerdictStatus.Unknown, _problem ?? "");
        return new(pair, session.Plan, end, session.Entries, summary, verdict);
    }

    private bool Draw(MeasureReport report, long startedNs)
    {
        if (request.Plot is not { } plot)
            return true;
        try
        {
            // What stands there may have come meanwhile.
            if (WholeFile.Refusal(plot, SvgBegin) is { } refusal)
                throw new IOException(refusal);
            WholeFile.Write(plot, w => MeasureSvg.Write(report, startedNs, w));
            return true;
        }
        catch (IOException e)
        {
            Say($"--plot {plot}: cannot be written: {e.Message}");
            return false;
        }
    }

    private int Say(string sentence)
    {
        context.Stderr.WriteLine($"guestclock: {Words.Plain(sentence)}");
        return ExitCodes.Unknown;
    }
}
