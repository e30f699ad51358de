using System.CommandLine;
using Guestclock.Discipline;
using Guestclock.Units;

namespace Guestclock.Cli.Commands;

/// <summary>The options that say what is right and what may be done.</summary>
internal sealed class RecoveryOptions
{
    private readonly Option<Nanoseconds?> _within = DurationOption.Create("--within", "Right: |offset| + bound at most this (10ms).");
    private readonly Option<Nanoseconds?> _threshold = DurationOption.Create("--threshold", "Leave less to the guest (as --within).");
    private readonly Option<Nanoseconds?> _backwardLimit = DurationOption.Create("--backward-limit", "Step back what is ahead by this or more (1s).");
    private readonly Option<bool> _forwardOnly = new("--forward-only") { Description = "Never step a guest's clock backward." };
    private readonly Option<Nanoseconds?> _timeout = DurationOption.Create("--timeout", "Give a guest up after this (10s).");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Measure and decide; change nothing." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _within, _threshold, _backwardLimit, _forwardOnly, _timeout, _dryRun })
            command.Options.Add(option);
    }

    public RecoveryPolicy Of(ParseResult parsed)
    {
        var policy = RecoveryPolicy.Default;
        var within = Positive(parsed, _within) ?? policy.WithinNs;
        return policy with
        {
            WithinNs = within,
            AimNs = Math.Min(policy.AimNs, within / 2),
            ThresholdNs = parsed.GetValue(_threshold)?.Value,
            BackwardLimitNs = parsed.GetValue(_backwardLimit)?.Value ?? policy.BackwardLimitNs,
            ForwardOnly = parsed.GetValue(_forwardOnly),
            TimeoutNs = Positive(parsed, _timeout) ?? policy.TimeoutNs,
            DryRun = parsed.GetValue(_dryRun),
        };
    }

    private static long? Positive(ParseResult parsed, Option<Nanoseconds?> option) =>
        parsed.GetValue(option) is not { } value ? null
        : value.Value > 0 ? value.Value
        : throw new UsageException($"{option.Name} must be more than 0");
}
