using System.Globalization;
using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Probes;

/// <summary>Asks chronyd for its state. A recording holds the reply datagrams, so that they are decoded again.</summary>
public static class ChronyProbe
{
    /// <summary>The most sources that are asked about.</summary>
    public const int MaxSources = 64;

    public static ChronyFacts Gather(IMachine machine)
    {
        var tracking = Ask(machine, "tracking", TrackingMessage.Request(), ChronyCommand.Tracking, TrackingMessage.Decode);
        var count = Ask(machine, "n_sources", SourceCountMessage.Request(), ChronyCommand.SourceCount, SourceCountMessage.Decode);
        var indices = count.Fact.Then(n => (IReadOnlyList<int>)[.. Enumerable.Range(0, Math.Min(n, MaxSources))]);
        var sources = Each(indices, "source_data", i =>
            Ask(machine, Numbered("source_data", i), SourceDataMessage.Request(i), ChronyCommand.SourceData, SourceDataMessage.Decode));
        var stats = Each(indices, "sourcestats", i =>
            Ask(machine, Numbered("sourcestats", i), SourceStatsMessage.Request(i), ChronyCommand.SourceStats, SourceStatsMessage.Decode));
        var activity = Ask(machine, "activity", ActivityMessage.Request(), ChronyCommand.Activity, ActivityMessage.Decode);
        var resolved = sources.Then(all => (IReadOnlyList<ChronySource>)[.. all.Where(s => !s.IsUnresolved)]);
        var servers = resolved.Then(all => (IReadOnlyList<ChronySource>)[.. all.Where(IsServer)]);
        return new()
        {
            Tracking = tracking.Fact,
            Sources = resolved,
            SourceStats = stats.Then(all => (IReadOnlyList<ChronySourceStats>)[.. all.Where(s => !s.IsUnresolved)]),
            Activity = activity.Fact,
            NtpData = Each(servers, "ntp_data", s => AskNtpData(machine, s.Name)),
        };
    }

    private static bool IsServer(ChronySource source) => source.Mode is ChronySourceMode.Client or ChronySourceMode.Peer;

    private static string Numbered(string name, int index) => name + "/" + index.ToString(CultureInfo.InvariantCulture);

    private static Answer<ChronyNtpData> AskNtpData(IMachine machine, string address)
    {
        var name = "ntp_data/" + address;
        var request = Fact.Known(address, Questions.ChronyPrefix + name).Then(NtpDataMessage.Request);
        return request.TryGet(out var bytes)
            ? Ask(machine, name, bytes, ChronyCommand.NtpData, NtpDataMessage.Decode)
            : new(request.Then(_ => default(ChronyNtpData)!));
    }

    private static Answer<T> Ask<T>(IMachine machine, string name, byte[] request, ChronyCommand command, Func<byte[], T> decode)
    {
        var answer = machine.Ask(new Question(Questions.ChronyPrefix + name, request));
        var status = answer.Then(reply => ChronyReply.Status(reply, command)).Or(ChronyStatus.Success);
        return status == ChronyStatus.Success
            ? new(answer.Then(decode))
            : new(Fact.Unknown<T>(StateOf(status), answer.Source, status.Sentence(), answer.TookNs), status == ChronyStatus.NoSuchSource);
    }

    /// <summary>
    /// One answer for each key; a source that went away between two questions is left out, another failure is that of the whole.
    /// </summary>
    private static Fact<IReadOnlyList<T>> Each<TKey, T>(Fact<IReadOnlyList<TKey>> keys, string name, Func<TKey, Answer<T>> ask)
    {
        if (!keys.TryGet(out var known))
            return Fact.Unknown<IReadOnlyList<T>>(keys.State, keys.Source, keys.Why!, keys.TookNs);
        var list = new List<T>(known.Count);
        var tookNs = 0L;
        foreach (var key in known)
        {
            var (answer, sourceIsGone) = ask(key);
            tookNs += answer.TookNs;
            if (answer.TryGet(out var value))
                list.Add(value);
            else if (!sourceIsGone)
                return Fact.Unknown<IReadOnlyList<T>>(answer.State, answer.Source, answer.Why!, tookNs);
        }

        return Fact.Known<IReadOnlyList<T>>(list, Questions.ChronyPrefix + name, tookNs);
    }

    private static FactState StateOf(ChronyStatus status) => status switch
    {
        ChronyStatus.Unauthorised or ChronyStatus.AccessDenied => FactState.Denied,
        ChronyStatus.InvalidCommand or ChronyStatus.BadProtocolVersion or ChronyStatus.BadPacketLength => FactState.Unsupported,
        ChronyStatus.NoSuchSource or ChronyStatus.NotEnabled or ChronyStatus.NoRtc or ChronyStatus.Inactive => FactState.Missing,
        _ => FactState.Failed,
    };

    private readonly record struct Answer<T>(Fact<T> Fact, bool SourceIsGone = false);
}
