using System.Text;
using Guestclock.Linux.Live;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Live;

public sealed class KernelRecordsTests
{
    /// <summary>Records as reads of /dev/kmsg gave them on a 6.18 guest, and forms of Documentation/ABI/testing/dev-kmsg.</summary>
    public static TheoryData<string, string[], string> Rows => new()
    {
        { "whole", ["5,0,0,-;Linux version 6.18\n", "6,14,17,-;kvm-clock: Using msrs\n"],
            "complete=yes\n0.000000 Linux version 6.18\n0.000017 kvm-clock: Using msrs\n" },
        { "start lost", ["6,14,1000017,-;kvm-clock\n"], "complete=no\n1.000017 kvm-clock\n" },
        { "nothing", [], "complete=no\n" },
        { "dictionary", ["6,0,2500000,-;pci x\n SUBSYSTEM=pci\n DEVICE=+pci:0\n"], "complete=yes\n2.500000 pci x\n" },
        { "program", ["6,0,1,-;a\n", "30,1,2,-;systemd[1]: tsc unstable\n", "6,2,3,-;b\n"], "complete=yes\n0.000001 a\n0.000003 b\n" },
        { "fragments", ["6,0,1,c;TSC \n", "6,1,1,+;synchronization\n", "6,2,2,-;b\n"],
            "complete=yes\n0.000001 TSC synchronization\n0.000002 b\n" },
        { "fragment of a program", ["14,0,1,c;x\n", "14,1,1,+;y\n"], "complete=yes\n" },
        { "escapes", ["6,0,1,-;a\\x09b\\x0d\\x0ac\\x5cd\\xc3\\xbc\\xzz\\x\n"], "complete=yes\n0.000001 a\tb \n0.000001 c\\dü\\xzz\\x\n" },
        { "more fields", ["6,0,1,-,caller=T1;a;b\n"], "complete=yes\n0.000001 a;b\n" },
        { "broken", ["x\n", "6,0,1,-;a\n", "6,5\n", "-1,2,3;x\n"], "complete=no\n0.000001 a\n" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Records_become_lines(string name, string[] records, string text)
    {
        _ = name;
        Assert.Equal(text, Text([.. records.Select(Encoding.UTF8.GetBytes)]));
    }

    [Fact]
    public void Anything_becomes_lines_of_the_form() => Fuzz.Bytes(
        [.. Rows.SelectMany(r => r.Data.Item2).Select(Encoding.UTF8.GetBytes)],
        b => Assert.All(Text([b, b]).TrimEnd('\n').Split('\n').Skip(1), l => Assert.Matches(@"^\d+\.\d{6} ", l)));

    private static string Text(IEnumerable<byte[]> records)
    {
        var all = new KernelRecords();
        foreach (var record in records)
            all.Add(record);
        return all.ToText();
    }
}
