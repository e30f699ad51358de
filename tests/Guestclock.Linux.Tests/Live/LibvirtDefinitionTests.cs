using System.Text;
using Guestclock.Discipline;
using Guestclock.Facts;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Live;

/// <summary>Against libvirt's own test driver, which runs in this process.</summary>
public class LibvirtDefinitionTests
{
    private const string Uri = "test:///default";

    [Fact]
    public void A_definition_is_read_with_its_secrets()
    {
        Need();
        var answer = new LibvirtDefinitionAnswers(Uri).Answer(new(Questions.LibvirtDefinitionPrefix + "test"));
        Assert.True(answer.IsKnown, answer.Why);
        Assert.StartsWith("<domain type='test'", Encoding.UTF8.GetString(answer.Value!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_that_is_not_there_is_missing()
    {
        Need();
        Assert.Equal(FactState.Missing, new LibvirtDefinitionAnswers(Uri).Answer(new(Questions.LibvirtDefinitionPrefix + "nobody")).State);
    }

    [Fact]
    public void No_daemon_is_started_to_ask_it() =>
        Assert.Equal(FactState.Missing, new LibvirtDefinitionAnswers("qemu:///system", "/nonexistent.pid").Answer(new(Questions.LibvirtDefinitionPrefix + "x")).State);

    [Fact]
    public async Task A_definition_is_replaced_only_where_it_is_still_the_one_that_was_read()
    {
        Need();
        using var connection = await LibvirtConnection.OpenAsync(Uri, TestContext.Current.CancellationToken);
        var before = await LibvirtDefinitions.ReadAsync(connection, "test", TestContext.Current.CancellationToken);
        var after = before.Replace("<clock offset='utc'/>", "<clock offset='localtime'/>", StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        var stored = await LibvirtDefinitions.ReplaceAsync(connection, "test", before, after, TestContext.Current.CancellationToken);
        Assert.Equal(after, stored);
        var refused = await Assert.ThrowsAsync<AgentException>(() =>
            LibvirtDefinitions.ReplaceAsync(connection, "test", before, after, TestContext.Current.CancellationToken));
        Assert.Equal(AgentFailure.Refused, refused.Failure);
        Assert.Equal(before, await LibvirtDefinitions.ReplaceAsync(connection, "test", stored, before, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_libvirt_does_not_take_changes_nothing()
    {
        Need();
        using var connection = await LibvirtConnection.OpenAsync(Uri, TestContext.Current.CancellationToken);
        var before = await LibvirtDefinitions.ReadAsync(connection, "test", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AgentException>(() => LibvirtDefinitions.ReplaceAsync(connection, "test", before, "<domain", TestContext.Current.CancellationToken));
        Assert.Equal(before, await LibvirtDefinitions.ReadAsync(connection, "test", TestContext.Current.CancellationToken));
    }

    private static void Need() => Assert.SkipUnless(System.Runtime.InteropServices.NativeLibrary.TryLoad("libvirt.so.0", out _), "libvirt is not installed");
}
