namespace Guestclock.Reports.Fix;

/// <summary>
/// The difference of two texts as diff -u prints it and patch(1) reads it (POSIX diff, "Diff -u Output Format"; GNU's mark for a missing last line
/// end). Lines are compared whole, line ends included; the shortest script is found as in E. Myers, "An O(ND) Difference Algorithm" (1986).
/// </summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Beyond so many changed lines the whole middle counts as changed.</summary>
    private const int MostEdits = 2000;

    /// <summary>The lines of the difference, each without its line end; empty where the texts are equal.</summary>
    /// <param name="before">Null: there is no such file yet.</param>
    /// <param name="after">Null: it is removed.</param>
    public static IReadOnlyList<string> Of(string path, string? before, string? after) => Of(path, before, path, after);

    /// <inheritdoc cref="Of(string,string?,string?)"/>
    public static IReadOnlyList<string> Of(string pathBefore, string? before, string pathAfter, string? after)
    {
        if (before == after)
            return [];
        var (a, b) = (Lines(before ?? ""), Lines(after ?? ""));
        var output = new List<string>
        {
            before is null ? "--- /dev/null" : $"--- a{pathBefore}",
            after is null ? "+++ /dev/null" : $"+++ b{pathAfter}",
        };
        var edits = Edits(a, b);
        for (var i = 0; i < edits.Count;)
        {
            if (edits[i].Kind == ' ')
            {
                i++;
                continue;
            }

            var from = Math.Max(0, i - Context);
            var to = i;
            for (var quiet = 0; to < edits.Count && quiet <= 2 * Context; to++)
                quiet = edits[to].Kind == ' ' ? quiet + 1 : 0;
            var last = edits.FindLastIndex(to - 1, to - i, e => e.Kind != ' ');
            to = Math.Min(edits.Count, last + 1 + Context);
            Hunk(output, edits, from, to);
            i = to;
        }

        return output;
    }

    private static void Hunk(List<string> output, List<Edit> edits, int from, int to)
    {
        var (startA, startB) = (0, 0);
        for (var i = 0; i < from; i++)
        {
            startA += edits[i].Kind == '+' ? 0 : 1;
            startB += edits[i].Kind == '-' ? 0 : 1;
        }

        var countA = edits.Skip(from).Take(to - from).Count(e => e.Kind != '+');
        var countB = edits.Skip(from).Take(to - from).Count(e => e.Kind != '-');
        output.Add($"@@ -{Range(startA, countA)} +{Range(startB, countB)} @@");
        for (var i = from; i < to; i++)
        {
            var text = edits[i].Text;
            output.Add(edits[i].Kind + text.TrimEnd('\n'));
            if (!text.EndsWith('\n'))
                output.Add("\\ No newline at end of file");
        }
    }

    private static string Range(int start, int count) => count == 1 ? $"{start + 1}" : $"{(count == 0 ? start : start + 1)},{count}";

    private readonly record struct Edit(char Kind, string Text);

    private static List<Edit> Edits(List<string> a, List<string> b)
    {
        var head = 0;
        while (head < a.Count && head < b.Count && a[head] == b[head])
            head++;
        var tail = 0;
        while (tail < a.Count - head && tail < b.Count - head && a[^(tail + 1)] == b[^(tail + 1)])
            tail++;
        var edits = new List<Edit>();
        edits.AddRange(a.Take(head).Select(l => new Edit(' ', l)));
        edits.AddRange(Middle(a.GetRange(head, a.Count - head - tail), b.GetRange(head, b.Count - head - tail)));
        edits.AddRange(a.Skip(a.Count - tail).Select(l => new Edit(' ', l)));
        return edits;
    }

    private static IEnumerable<Edit> Middle(List<string> a, List<string> b)
    {
        if (Trace(a, b) is not { } trace)
            return [.. a.Select(l => new Edit('-', l)), .. b.Select(l => new Edit('+', l))];
        var edits = new List<Edit>();
        var (x, y) = (a.Count, b.Count);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var (v, offset) = (trace[d], d + 1);
            var k = x - y;
            var isDown = k == -d || (k != d && v[offset + k - 1] < v[offset + k + 1]);
            var before = isDown ? k + 1 : k - 1;
            var (fromX, fromY) = d == 0 ? (0, 0) : (v[offset + before], v[offset + before] - before);
            while (x > fromX && y > fromY)
                edits.Add(new(' ', a[--x] is var same ? Both(same, ref y) : ""));
            if (d > 0)
                edits.Add(isDown ? new('+', b[--y]) : new('-', a[--x]));
        }

        edits.Reverse();
        return edits;
    }

    private static string Both(string line, ref int y)
    {
        y--;
        return line;
    }

    /// <summary>For each number of edits the furthest reaching points of its diagonals before it; null where there are too many edits.</summary>
    private static List<int[]>? Trace(List<string> a, List<string> b)
    {
        var trace = new List<int[]>();
        var most = Math.Min(a.Count + b.Count, MostEdits);
        var v = new int[2 * most + 3];
        var middle = most + 1;
        for (var d = 0; d <= most; d++)
        {
            trace.Add(v.AsSpan(middle - d - 1, 2 * d + 3).ToArray());
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && v[middle + k - 1] < v[middle + k + 1]) ? v[middle + k + 1] : v[middle + k - 1] + 1;
                while (x < a.Count && x - k < b.Count && a[x] == b[x - k])
                    x++;
                v[middle + k] = x;
                if (x >= a.Count && x - k >= b.Count)
                    return trace;
            }
        }

        return null;
    }

    /// <summary>The lines with their line ends.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines;
    }
}
