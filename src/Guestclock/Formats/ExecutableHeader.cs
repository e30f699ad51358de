using System.Buffers.Binary;

namespace Guestclock.Formats;

/// <summary>The architecture that a program file is for: ELF (elf(5)) or PE (Microsoft PE/COFF specification).</summary>
public static class ExecutableHeader
{
    /// <summary>As <c>uname -m</c> names it.</summary>
    public static string Architecture(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 20 && file.StartsWith("\x7f"u8) && file[1..].StartsWith("ELF"u8))
            return Elf(file[4] == 2, file[5] == 2 ? BinaryPrimitives.ReadUInt16BigEndian(file[18..])
                : BinaryPrimitives.ReadUInt16LittleEndian(file[18..]), file[5] == 2);
        if (file.Length >= 64 && file.StartsWith("MZ"u8))
        {
            var at = BinaryPrimitives.ReadUInt32LittleEndian(file[0x3C..]);
            if (at <= file.Length - 6 && file[(int)at..].StartsWith("PE\0\0"u8))
                return Pe(BinaryPrimitives.ReadUInt16LittleEndian(file[((int)at + 4)..]));
        }

        throw new MalformedInputException("offset 0", "an ELF or PE header", "something else");
    }

    private static string Elf(bool is64, ushort machine, bool bigEndian) => machine switch
    {
        3 => "i686",
        62 => "x86_64",
        183 => "aarch64",
        40 => "armv7l",
        21 => bigEndian ? "ppc64" : "ppc64le",
        20 => "ppc",
        22 => is64 ? "s390x" : "s390",
        243 => is64 ? "riscv64" : "riscv32",
        258 => is64 ? "loongarch64" : "loongarch32",
        8 => is64 ? "mips64" : "mips",
        43 => "sparc64",
        50 => "ia64",
        _ => throw new MalformedInputException("offset 18", "a known ELF machine", machine.ToString()),
    };

    private static string Pe(ushort machine) => machine switch
    {
        0x14C => "i686",
        0x8664 => "x86_64",
        0xAA64 => "aarch64",
        0x200 => "ia64",
        _ => throw new MalformedInputException("PE header", "a known machine", $"0x{machine:X}"),
    };
}
