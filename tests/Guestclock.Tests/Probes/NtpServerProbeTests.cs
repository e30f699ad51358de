using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Protocols.Ntp;

namespace Guestclock.Tests.Probes;

public class NtpServerProbeTests
{
    private static string Text =>
        "t1Ns=1795223973085709635\nt4Ns=1795223973085760851\naddress=192.0.2.1:123\n" +
        $"request={Convert.ToHexString(NtpExchangeTests.Request)}\nreply={Convert.ToHexString(NtpExchangeTests.Reply)}\n";

    [Theory]
    [InlineData("ntp.example.net", "ntp/ntp.example.net:123")]
    [InlineData("ntp.example.net:1123", "ntp/ntp.example.net:1123")]
    [InlineData("2001:db8::1", "ntp/[2001:db8::1]:123")]
    public void Judges_the_answer_under_the_name_that_was_given(string server, string question)
    {
        var facts = NtpServerProbe.Gather(new MemoryMachine().Answer(question, Text), [server]);
        Assert.True(facts.Asked);
        var answer = Assert.Single(facts.Answers);
        Assert.Equal(server, answer.Server);
        Assert.Equal((8, null, "192.0.2.1:123"), (answer.Sample.Value!.Stratum, answer.Sample.Value.Problem, answer.Sample.Value.Address));
    }

    [Theory]
    [InlineData("t1Ns=5", "the field address")]
    [InlineData("nonsense", "key=value")]
    [InlineData("address=a\nt1Ns=1\nt4Ns=2\nrequest=0\nreply=00", "hexadecimal")]
    [InlineData("address=a\nt1Ns=1\nt4Ns=2\nrequest=zz\nreply=00", "hexadecimal")]
    [InlineData("address=a\nt1Ns=1\nt4Ns=2\nrequest=00\nreply=00", "at least 48 bytes")]
    [InlineData("address=a\nt1Ns=1\nt4Ns=x\nrequest=00\nreply=00", "whole number")]
    public void A_broken_recording_is_malformed(string answer, string says)
    {
        var sample = NtpServerProbe.Gather(new MemoryMachine().Answer("ntp/a:123", answer), ["a"]).Answers[0].Sample;
        Assert.Equal(FactState.Malformed, sample.State);
        Assert.Contains(says, sample.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_server_is_never_asked()
    {
        var sample = NtpServerProbe.Gather(new MemoryMachine(), ["../../etc/shadow"]).Answers[0].Sample;
        Assert.Equal(FactState.Malformed, sample.State);
    }

    [Fact]
    public void Equal_servers_are_asked_once_and_the_seventeenth_not_at_all()
    {
        var servers = Enumerable.Range(1, 20).SelectMany(i => new[] { $"s{i}", $"s{i}" }).ToList();
        var facts = NtpServerProbe.Gather(new MemoryMachine(), servers);
        Assert.Equal(16, facts.Answers.Count);
        Assert.Equal(4, facts.NotAsked);
    }

    [Fact]
    public void Each_question_names_all_servers_so_that_they_are_asked_at_once()
    {
        var machine = new Listener();
        NtpServerProbe.Gather(machine, ["a", "b:99", "not a server"]);
        Assert.Equal([("ntp/a:123", "a:123\nb:99"), ("ntp/b:99", "a:123\nb:99")], machine.Heard);
    }

    [Fact]
    public void Any_answer_gives_a_fact() =>
        Fuzz.Text([Text], t => NtpServerProbe.Gather(new MemoryMachine().Answer("ntp/a:123", t), ["a"]));

    private sealed class Listener : IMachine
    {
        public List<(string Name, string Request)> Heard { get; } = [];

        public bool IsLive => true;

        public Fact<byte[]> Ask(Question question)
        {
            Heard.Add((question.Name, System.Text.Encoding.UTF8.GetString(question.Request.Span)));
            return Fact.Missing<byte[]>(question.Name, "nobody");
        }

        public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) => throw new NotSupportedException();

        public Fact<IReadOnlyList<string>> List(string path) => throw new NotSupportedException();

        public Fact<EntryKind> Find(string path, bool followLinks = true) => throw new NotSupportedException();

        public Fact<string> ReadLink(string path) => throw new NotSupportedException();
    }
}
