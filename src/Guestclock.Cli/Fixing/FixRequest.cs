using Guestclock.Checks;
using Guestclock.Fixes;

namespace Guestclock.Cli.Fixing;

/// <summary>What a user asks of <c>fix</c>.</summary>
internal sealed record FixRequest(string? Root, IReadOnlyList<string> Assume, Policy Policy, PlanOptions Options, bool DryRun, bool Yes, bool Json);
