using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestclock.Linux.Tests.Native;

/// <summary>Asks the C compiler what the headers of this system say.</summary>
internal static class CProgram
{
    /// <summary>Each expression of C must have the value that this program uses.</summary>
    public static void Same(IReadOnlyList<string> headers, IReadOnlyList<(string Expression, long Ours)> values)
    {
        var source = new StringBuilder();
        foreach (var header in (string[])["stddef.h", "stdio.h", .. headers])
            source.Append($"#include <{header}>\n");
        source.Append("int main(void)\n{\n");
        foreach (var (expression, _) in values)
            source.Append($"    printf(\"%lld\\n\", (long long)({expression}));\n");
        source.Append("    return 0;\n}\n");
        var found = Output(headers, source.ToString());
        Assert.Equal(values.Select(v => $"{v.Expression} = {v.Ours}"),
            values.Zip(found, (v, line) => $"{v.Expression} = {long.Parse(line, CultureInfo.InvariantCulture)}"));
    }

    /// <summary>The lines that the program prints.</summary>
    public static string[] Output(IReadOnlyList<string> headers, string source)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "gcc is not installed");
        foreach (var header in headers)
            Assert.SkipUnless(Has(header), $"{header} is not installed");
        var folder = Directory.CreateTempSubdirectory("guestclock-c");
        try
        {
            var (text, program) = (Path.Combine(folder.FullName, "values.c"), Path.Combine(folder.FullName, "values"));
            File.WriteAllText(text, source);
            Assert.Equal("", Run("/usr/bin/gcc", "-Wall", "-Werror", "-o", program, text));
            return Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether a header is there, in the common place or in that of x86-64.</summary>
    public static bool Has(string header) => File.Exists($"/usr/include/{header}") || File.Exists($"/usr/include/x86_64-linux-gnu/{header}");

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(30_000) && process.ExitCode == 0, $"{program} failed: {errors.Result}");
        return text;
    }
}
