using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Guestclock.Linux.Kvm.Guests;

namespace Guestclock.Linux.Tests.Kvm;

/// <summary>The bytes of our guests as a disassembler reads them.</summary>
public partial class MachineCodeTests
{
    public static TheoryData<string> Programs => ["read-tsc", "spin", "vmcall", "vmmcall", "warp"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_instruction_is_what_stands_beside_it(string program)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/objdump"), "needs objdump");
        var code = Of(program);
        Assert.Equal(code.Listing.Select(l => (l.At, Plain(Targeted(l.Mnemonic, code)))), Disassembled(code.ToBytes()).Select(l => (l.At, Plain(l.Text))));
    }

    private static MachineCode Of(string program) => program switch
    {
        "read-tsc" => GuestPrograms.ReadTsc,
        "spin" => GuestPrograms.Spin,
        "vmcall" => GuestPrograms.VmCall,
        "vmmcall" => GuestPrograms.VmmCall,
        _ => WarpProgram.Code,
    };

    private static List<(int At, string Text)> Disassembled(byte[] code)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, code);
            using var objdump = Process.Start(new ProcessStartInfo("/usr/bin/objdump", ["-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "--no-show-raw-insn", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var lines = objdump.StandardOutput.ReadToEnd().Split('\n');
            objdump.WaitForExit();
            return [.. lines.Select(l => Instruction().Match(l)).Where(m => m.Success).Select(m => (int.Parse(m.Groups["at"].Value, NumberStyles.HexNumber), m.Groups["text"].Value))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Targeted(string mnemonic, MachineCode code)
    {
        var words = mnemonic.Split(' ');
        return !code.Labels.TryGetValue(words[^1], out var at) ? mnemonic : $"{words[0]} {at}";
    }

    /// <summary>Without sizes that the registers say, in decimal, without spaces.</summary>
    private static string Plain(string text) =>
        Space().Replace(Number().Replace(Size().Replace(text.ToLowerInvariant(), ""), m => $"{Convert.ToInt64(m.Value, 16)}"), "");

    [GeneratedRegex(@"^ *(?<at>[0-9a-f]+):\s+(?<text>.+?)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instruction();

    [GeneratedRegex("(qword|dword|byte) (ptr )?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Size();

    [GeneratedRegex("0x[0-9a-f]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Space();
}
