using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>What the program tells of a tree.</summary>
internal sealed record Told(string Name, MachineFacts Facts, Judgement Judgement)
{
    /// <summary>The ids of the checks that warn or worse.</summary>
    public IReadOnlyList<string> Failed =>
        [.. Judgement.Checks.Where(c => c.Finding.Status is CheckStatus.Warning or CheckStatus.Critical).Select(c => c.Check.Id)];

    public Finding Of(string id) => Judgement.Checks.First(c => c.Check.Id == id).Finding;

    /// <summary>The verdict is ok: no check warns, none that the verdict needs is unknown.</summary>
    public Told IsOk()
    {
        Assert.True(Judgement.Verdict.Status == VerdictStatus.Ok && Failed.Count == 0, All());
        return this;
    }

    /// <summary>These checks fail and no other; the first of them is the first broken link.</summary>
    public Told Fails(VerdictStatus status, params IReadOnlyList<string> ids)
    {
        Assert.True(Judgement.Verdict.Status == status && Judgement.Verdict.FirstBroken?.Check.Id == ids[0]
            && Failed.Order(StringComparer.Ordinal).SequenceEqual(ids.Order(StringComparer.Ordinal)),
            $"expected {status} by {string.Join(' ', ids)}\n{All()}");
        return this;
    }

    public Told Has(CheckStatus status, params IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
            Assert.True(Of(id).Status == status, $"expected {id} to be {status}\n{All()}");
        return this;
    }

    /// <summary>The finding says a text: in its summary, its reason, its remedy or its evidence.</summary>
    public Told Says(string id, string text)
    {
        Assert.Contains(text, Testing.CheckRow.AllText(Of(id)), StringComparison.Ordinal);
        return this;
    }

    public Told HasRoles(params IReadOnlyList<Role> roles)
    {
        Assert.Equal(roles, Facts.Identity.Roles.Or([]));
        return this;
    }

    /// <summary>No check of a running machine is left unknown.</summary>
    public Told KnowsEverything()
    {
        Assert.True(Judgement.Checks.All(c => c.Finding.Status != CheckStatus.Unknown), All());
        return this;
    }

    private string All()
    {
        var verdict = Judgement.Verdict;
        var lines = Judgement.Checks.Where(c => c.Finding.Status is not CheckStatus.NotApplicable)
            .OrderByDescending(c => c.Finding.Status == CheckStatus.Critical).ThenByDescending(c => c.Finding.Status == CheckStatus.Warning)
            .Select(c => $"  {c.Finding.Status} {c.Check.Id}: {c.Finding.Summary} [{c.Finding.Reason}]");
        return $"{Name}: {verdict.Status}, first broken {verdict.FirstBroken?.Check.Id ?? "none"}: {verdict.Summary}\n"
            + string.Join('\n', lines);
    }
}
