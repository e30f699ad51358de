using System.Globalization;
using Guestclock.Formats;

namespace Guestclock.Protocols.Cpuid;

/// <summary>The four registers that one CPUID leaf answers.</summary>
public readonly record struct CpuidRegisters(uint Eax, uint Ebx, uint Ecx, uint Edx);

/// <summary>
/// CPUID leaves of one CPU, as text: one line a leaf, <c>LEAF.SUBLEAF=EAX EBX ECX EDX</c>, all hexadecimal
/// (Intel SDM volume 2, CPUID; AMD64 APM volume 3, appendix E).
/// </summary>
public sealed class CpuidLeaves
{
    /// <summary>More leaves than any processor and hypervisor together have.</summary>
    private const int Most = 4096;

    private readonly Dictionary<(uint Leaf, uint SubLeaf), CpuidRegisters> _leaves = [];

    public static CpuidLeaves Parse(string text)
    {
        var all = new CpuidLeaves();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty)
                continue;
            if (all._leaves.Count == Most)
                throw new MalformedInputException("cpuid", $"at most {Most} leaves", "more");
            all.Add(line);
        }

        return all;
    }

    /// <summary>The registers of a leaf, or null where it was not answered.</summary>
    public CpuidRegisters? Find(uint leaf, uint subLeaf = 0) => _leaves.TryGetValue((leaf, subLeaf), out var registers) ? registers : null;

    private void Add(ReadOnlySpan<char> line)
    {
        Span<Range> words = stackalloc Range[5];
        var equals = line.IndexOf('=');
        var dot = line.IndexOf('.');
        if (equals < 0 || dot < 0 || dot > equals || line[(equals + 1)..].Split(words, ' ', StringSplitOptions.RemoveEmptyEntries) != 4)
            throw new MalformedInputException("cpuid", "LEAF.SUBLEAF=EAX EBX ECX EDX", $"'{line}'");
        var values = line[(equals + 1)..];
        _leaves[(Hex(line[..dot]), Hex(line[(dot + 1)..equals]))] =
            new(Hex(values[words[0]]), Hex(values[words[1]]), Hex(values[words[2]]), Hex(values[words[3]]));
    }

    private static uint Hex(ReadOnlySpan<char> digits) =>
        uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MalformedInputException("cpuid", "a hexadecimal number of at most 8 digits", $"'{digits}'");
}
