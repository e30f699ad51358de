using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Tests.Judging;

public class VerdictTests
{
    private sealed class Stub(string id, bool essential) : Check
    {
        public override string Id => id;

        public override string Title => id;

        public override CheckGroup Group => CheckGroup.Tsc;

        public override bool IsEssential => essential;

        public override Finding Judge(MachineFacts facts, Policy policy) => throw new NotSupportedException();
    }

    private static JudgedCheck Row(string id, ChainLink link, CheckStatus status, FactState because = FactState.Known, bool essential = false) =>
        new(new Stub(id, essential), link, new(status, $"{id} says", [], "why", null, because), null);

    public static TheoryData<string, JudgedCheck[], VerdictStatus, string?> Rows => new()
    {
        { "all pass", [Row("a", ChainLink.HostTsc, CheckStatus.Pass)], VerdictStatus.Ok, null },
        { "info is no fault", [Row("a", ChainLink.HostTsc, CheckStatus.Info)], VerdictStatus.Ok, null },
        {
            "the first critical link, not the first warning",
            [Row("w", ChainLink.HostTsc, CheckStatus.Warning), Row("late", ChainLink.GuestAgent, CheckStatus.Critical), Row("early", ChainLink.KvmClock, CheckStatus.Critical)],
            VerdictStatus.Critical, "early"
        },
        { "the first warning", [Row("b", ChainLink.GuestPhc, CheckStatus.Warning), Row("a", ChainLink.HostTsc, CheckStatus.Warning)], VerdictStatus.Warning, "a" },
        {
            "worth knowing, the rest not seen", [Row("i", ChainLink.HostTsc, CheckStatus.Info), Row("u", ChainLink.HostTsc, CheckStatus.Unknown, FactState.NotRecorded)],
            VerdictStatus.Unknown, null
        },
        { "no check chosen", [], VerdictStatus.Unknown, null },
        { "no chosen check applies", [Row("a", ChainLink.HostTsc, CheckStatus.NotApplicable)], VerdictStatus.Ok, null },
        {
            "nothing judged", [Row("a", ChainLink.HostTsc, CheckStatus.NotApplicable), Row("u", ChainLink.HostTsc, CheckStatus.Unknown, FactState.NotRecorded)],
            VerdictStatus.Unknown, null
        },
        {
            "an essential check that was denied", [Row("p", ChainLink.HostTsc, CheckStatus.Pass), Row("e", ChainLink.HostTsc, CheckStatus.Unknown, FactState.Denied, true)],
            VerdictStatus.Unknown, null
        },
        {
            "an image cannot hold it", [Row("p", ChainLink.HostTsc, CheckStatus.Pass), Row("e", ChainLink.HostTsc, CheckStatus.Unknown, FactState.NotRecorded, true)],
            VerdictStatus.Ok, null
        },
        {
            "another check is unknown", [Row("p", ChainLink.HostTsc, CheckStatus.Pass), Row("u", ChainLink.HostTsc, CheckStatus.Unknown, FactState.Denied)],
            VerdictStatus.Ok, null
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Is_the_worst_and_names_the_first_broken_link(string name, JudgedCheck[] checks, VerdictStatus status, string? firstBroken)
    {
        var verdict = Verdict.Of(checks);
        Assert.True((status, firstBroken) == (verdict.Status, verdict.FirstBroken?.Check.Id), $"{name}: {verdict}");
    }

    [Fact]
    public void Numbers_are_the_exit_codes_of_monitoring_plugins() =>
        Assert.Equal([0, 1, 2, 3], new[] { VerdictStatus.Ok, VerdictStatus.Warning, VerdictStatus.Critical, VerdictStatus.Unknown }.Select(s => (int)s));
}
