using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes.Modules;

/// <summary>The release of the running kernel (uname); of an image the newest in /lib/modules.</summary>
public static class KernelFolder
{
    private const string Root = "/lib/modules";

    public static Fact<string> Release(IMachine machine)
    {
        var running = machine.AskFields(Questions.Uname).Then(f => f.Text("release"));
        if (running.IsKnown)
            return running;
        var names = machine.List(Root);
        if (!names.TryGet(out var list))
            return Fact.Unknown<string>(names.State, names.Source, names.Why!);
        string? newest = null;
        foreach (var name in list)
        {
            // A folder that only holds modules of a third party is not that of an installed kernel.
            if ((newest is null || Compare(name, newest) > 0) && machine.Exists($"{Root}/{name}/modules.dep"))
                newest = name;
        }

        return newest is null ? Fact.Missing<string>(Root, "no kernel's modules are there") : Fact.Known(newest, Root);
    }

    public static string Path(string release) => $"{Root}/{release}";

    /// <summary>Compares release names by their numbers: 6.1.0-30-amd64 is newer than 6.1.0-9-amd64.</summary>
    public static int Compare(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            var left = Part(a, ref i);
            var right = Part(b, ref j);
            var numbers = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0]);
            var order = numbers && left.Length != right.Length
                ? left.Length.CompareTo(right.Length)
                : left.CompareTo(right, StringComparison.Ordinal);
            if (order != 0)
                return order;
        }

        return (a.Length - i).CompareTo(b.Length - j);
    }

    /// <summary>A run of digits without leading zeros, or one other character.</summary>
    private static ReadOnlySpan<char> Part(string text, ref int at)
    {
        var start = at;
        if (!char.IsAsciiDigit(text[at]))
            return text.AsSpan(at++, 1);
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        while (start + 1 < at && text[start] == '0')
            start++;
        return text.AsSpan(start, at - start);
    }
}
