using System.Globalization;

namespace Guestclock.Formats;

/// <summary>One CPU of /proc/cpuinfo: its number and its lines, by name.</summary>
public sealed record CpuInfoBlock(int Index, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The value of the first of these names that is there.</summary>
    public string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Fields.TryGetValue(name, out var value))
                return value;
        }

        return null;
    }
}

/// <summary>
/// /proc/cpuinfo, whose form each architecture chooses: blocks of <c>name : value</c>, each begun by a line <c>processor : N</c>
/// (arch/x86/kernel/cpu/proc.c, arch/arm64/kernel/cpuinfo.c); lines outside such blocks hold for all (arm, s390: <c>processor N: …</c>).
/// </summary>
public static class CpuInfoText
{
    /// <summary>More CPUs than Linux can have on any architecture (NR_CPUS is at most 8192).</summary>
    private const int MostCpus = 16_384;

    public static IReadOnlyList<CpuInfoBlock> Parse(string text)
    {
        var common = new Dictionary<string, string>(StringComparer.Ordinal);
        var blocks = new List<(int Index, Dictionary<string, string> Fields)>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                // An empty line ends a block: what follows it holds for all CPUs until the next block begins.
                continue;
            }

            var name = line[..colon].Trim();
            var value = line[(colon + 1)..].Trim();
            if (Number(name, value) is { } index)
            {
                if (blocks.Count == MostCpus)
                    throw new MalformedInputException("/proc/cpuinfo", $"at most {MostCpus} processors", "more");
                blocks.Add((index, new(StringComparer.Ordinal)));
                if (!name.SequenceEqual("processor"))
                    AddList(blocks[^1].Fields, value);
                continue;
            }

            var fields = blocks.Count == 0 ? common : blocks[^1].Fields;
            fields.TryAdd(name.ToString(), Shared(values, value));
        }

        if (blocks.Count == 0)
            throw new MalformedInputException("/proc/cpuinfo", "a line 'processor : N'", "none");
        foreach (var (_, fields) in blocks)
        {
            foreach (var (name, value) in common)
                fields.TryAdd(name, value);
        }

        // Lines of arm's trailer (Hardware, Revision) land in the last block, where nobody looks for them.
        return blocks.ConvertAll(b => new CpuInfoBlock(b.Index, b.Fields));
    }

    /// <summary>The words of a line of flags.</summary>
    public static HashSet<string> Words(string? line) =>
        new((line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal);

    /// <summary>The CPU's number in <c>processor : 3</c> or <c>processor 3: version = FF</c>.</summary>
    private static int? Number(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (!name.StartsWith("processor", StringComparison.Ordinal))
            return null;
        var rest = name["processor".Length..];
        var digits = rest.IsEmpty ? value : rest[0] == ' ' ? rest.Trim() : default;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    /// <summary>s390's list behind the number: <c>version = FF,  identification = 012345</c>.</summary>
    private static void AddList(Dictionary<string, string> fields, ReadOnlySpan<char> value)
    {
        foreach (var part in value.Split(','))
        {
            var item = value[part];
            var at = item.IndexOf('=');
            if (at > 0)
                fields.TryAdd(item[..at].Trim().ToString(), item[(at + 1)..].Trim().ToString());
        }
    }

    /// <summary>Equal values of many CPUs share one string: the flags are the bulk of the file.</summary>
    private static string Shared(Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> values, ReadOnlySpan<char> value)
    {
        if (values.TryGetValue(value, out var known))
            return known;
        var text = value.ToString();
        values[value] = text;
        return text;
    }
}
