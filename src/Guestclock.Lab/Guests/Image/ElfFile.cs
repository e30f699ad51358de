using System.Buffers.Binary;
using System.Text;

namespace Guestclock.Lab.Guests.Image;

/// <summary>Reads which shared libraries a 64-bit little-endian ELF file needs (System V ABI, "Dynamic Section"; <c>elf.h</c>).</summary>
internal static class ElfFile
{
    private const int ProgramHeaderLoad = 1; // PT_LOAD
    private const int ProgramHeaderDynamic = 2; // PT_DYNAMIC
    private const long TagNeeded = 1; // DT_NEEDED
    private const long TagStringTable = 5; // DT_STRTAB

    /// <summary>The names (<c>DT_NEEDED</c>) in the file's order; none for a static program or what is not such a file.</summary>
    public static IReadOnlyList<string> Needed(ReadOnlySpan<byte> file)
    {
        if (file.Length < 64 || !file.StartsWith("\u007fELF\u0002\u0001"u8))
            return [];
        var segments = Segments(file);
        var dynamic = segments.Find(s => s.Type == ProgramHeaderDynamic);
        if (dynamic == default)
            return [];
        var names = new List<long>();
        long stringTable = 0;
        for (var entry = file.Slice((int)dynamic.Offset, (int)dynamic.Size); entry.Length >= 16; entry = entry[16..])
        {
            var tag = BinaryPrimitives.ReadInt64LittleEndian(entry);
            var value = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
            if (tag == TagNeeded)
                names.Add(value);
            else if (tag == TagStringTable)
                stringTable = value;
        }
        // The table's place is an address: the segment that is loaded there tells the offset in the file.
        var home = segments.Find(s => s.Type == ProgramHeaderLoad && s.Address <= stringTable && stringTable < s.Address + s.Size);
        var result = new List<string>(names.Count);
        foreach (var name in names)
        {
            var text = file[(int)(stringTable - home.Address + home.Offset + name)..];
            result.Add(Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]));
        }
        return result;
    }

    private static List<(uint Type, long Offset, long Address, long Size)> Segments(ReadOnlySpan<byte> file)
    {
        var start = BinaryPrimitives.ReadInt64LittleEndian(file[32..]); // e_phoff
        var size = BinaryPrimitives.ReadUInt16LittleEndian(file[54..]); // e_phentsize
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[56..]); // e_phnum
        var segments = new List<(uint Type, long Offset, long Address, long Size)>(count);
        for (var i = 0; i < count; i++)
        {
            var header = file.Slice((int)start + (i * size), 56);
            segments.Add((
                BinaryPrimitives.ReadUInt32LittleEndian(header), // p_type
                BinaryPrimitives.ReadInt64LittleEndian(header[8..]), // p_offset
                BinaryPrimitives.ReadInt64LittleEndian(header[16..]), // p_vaddr
                BinaryPrimitives.ReadInt64LittleEndian(header[32..]))); // p_filesz
        }
        return segments;
    }
}
