using Guestclock.Checks;
using Guestclock.Facts;

namespace Guestclock.Judging;

/// <summary>One check with what it found, after the policy's waivers.</summary>
/// <param name="Waived">The waiver that applied: the finding's status was lowered to info.</param>
public sealed record JudgedCheck(Check Check, ChainLink Link, Finding Finding, Waiver? Waived);

/// <summary>The whole judgement.</summary>
/// <param name="StaleWaivers">Waivers that are past their end, name no check, or waived nothing; each with a sentence.</param>
public sealed record Judgement(IReadOnlyList<JudgedCheck> Checks, Verdict Verdict, IReadOnlyList<StaleWaiver> StaleWaivers);

/// <summary>A waiver that no longer does what it was made for.</summary>
public sealed record StaleWaiver(Waiver Waiver, string Why);

/// <summary>Runs the catalogue over the facts.</summary>
public static class Judge
{
    /// <param name="today">The day (UTC) on which waivers are looked at.</param>
    /// <param name="chosen">Whether a check is to run; null: all.</param>
    public static Judgement Run(MachineFacts facts, Policy policy, DateOnly today, Func<Check, bool>? chosen = null)
    {
        var checks = new List<JudgedCheck>();
        var used = new HashSet<Waiver>();
        foreach (var check in Catalogue.All)
        {
            if (chosen is not null && !chosen(check))
                continue;
            var finding = check.Judge(facts, policy);
            Waiver? waived = null;
            if (finding.Status is CheckStatus.Warning or CheckStatus.Critical)
            {
                waived = policy.Waivers.FirstOrDefault(w => w.CheckId == check.Id && w.Until >= today);
                if (waived is not null)
                {
                    used.Add(waived);
                    finding = finding with { Status = CheckStatus.Info, Reason = $"waived until {waived.Until:yyyy-MM-dd}: {waived.Reason}" };
                }
            }

            checks.Add(new(check, check.Link(facts), finding, waived));
        }

        return new(checks, Verdict.Of(checks), Stale(policy, today, checks, used));
    }

    private static List<StaleWaiver> Stale(Policy policy, DateOnly today, List<JudgedCheck> checks, HashSet<Waiver> used)
    {
        var stale = new List<StaleWaiver>();
        foreach (var waiver in policy.Waivers)
        {
            if (Catalogue.Find(waiver.CheckId) is null)
                stale.Add(new(waiver, "there is no such check"));
            else if (waiver.Until < today)
                stale.Add(new(waiver, $"it ended on {waiver.Until:yyyy-MM-dd}"));
            else if (!used.Contains(waiver) && checks.Any(c => c.Check.Id == waiver.CheckId))
                stale.Add(new(waiver, "the check does not fail any more"));
        }

        return stale;
    }
}
