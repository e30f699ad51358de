using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Reports;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports;

/// <summary>
/// The names of <c>guestclock facts</c> are frozen: programs read them. After a deliberate change, GUESTCLOCK_UPDATE=1 writes fact-names.txt
/// anew, docs/facts.md follows, and the change is told in CHANGELOG.md.
/// </summary>
public class FactNameTests
{
    private static readonly string File = Repository.At("tests", "Guestclock.Tests", "Reports", "fact-names.txt");

    [Fact]
    public void Are_frozen()
    {
        var names = Names(typeof(MachineFacts), "").Distinct(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("GUESTCLOCK_UPDATE") == "1")
            System.IO.File.WriteAllLines(File, names);
        Assert.Equal(System.IO.File.ReadAllLines(File), names);
    }

    [Fact]
    public void Are_the_ones_that_are_written()
    {
        using var writer = new StringWriter();
        FactsJson.Write(Some.KvmGuest(), DateTimeOffset.UnixEpoch, true, "0", writer);
        Assert.DoesNotContain("isGuest", writer.ToString(), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(writer.ToString());
        var cpu = document.RootElement.GetProperty("facts").GetProperty("cpu").GetProperty("cpus").GetProperty("value")[0];
        var expected = System.IO.File.ReadAllLines(File).Where(n => n.StartsWith("cpu.cpus[].", StringComparison.Ordinal)).Select(n => n["cpu.cpus[].".Length..].Replace("[]", "", StringComparison.Ordinal));
        Assert.Equal(expected, cpu.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["constant_tsc", "hypervisor", "nonstop_tsc", "tsc"], cpu.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(JsonValueKind.String, document.RootElement.GetProperty("facts").GetProperty("clock").GetProperty("commandLine").GetProperty("value").ValueKind);
    }

    [Fact]
    public void Have_their_sections_described()
    {
        var page = System.IO.File.ReadAllText(Repository.At("docs", "facts.md"));
        foreach (var section in typeof(MachineFacts).GetProperties().Where(p => p.CanWrite))
            Assert.Contains($"| `{Camel(section.Name)}` |", page, StringComparison.Ordinal);
    }

    // What FactsJson writes: properties that can be set, below facts, lists ([]) and dictionaries ({}).
    private static IEnumerable<string> Names(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition != JsonIgnoreCondition.Always))
        {
            var (inner, suffix) = Inside(property.PropertyType);
            var name = $"{path}{Camel(property.Name)}{suffix}";
            yield return name;
            if (inner.Namespace?.StartsWith("Guestclock", StringComparison.Ordinal) == true && !inner.IsEnum && inner != typeof(KernelArguments))
            {
                foreach (var below in Names(inner, name + "."))
                    yield return below;
            }
        }
    }

    private static (Type Inner, string Suffix) Inside(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } plain)
            return Inside(plain);
        if (!type.IsGenericType)
            return (type, "");
        if (type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            return (type, "");
        var arguments = type.GetGenericArguments();
        var (inner, suffix) = Inside(arguments[^1]);
        return type.GetGenericTypeDefinition() == typeof(Fact<>) ? (inner, suffix) : (inner, (arguments.Length == 2 ? "{}" : "[]") + suffix);
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
