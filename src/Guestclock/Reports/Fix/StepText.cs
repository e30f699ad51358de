using System.Text;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;

namespace Guestclock.Reports.Fix;

/// <summary>One step in words and as a difference.</summary>
public static class StepText
{
    /// <summary>What it is, on one line.</summary>
    public static string Title(FixStep step) => step switch
    {
        FileStep { Before: null } file => $"new file {file.Path}",
        FileStep file => $"change {file.Path}",
        LinkStep { After: null } link => $"remove the link {link.Path}",
        LinkStep { Before: null } link => $"link {link.Path} -> {link.After}",
        LinkStep link => $"change the link {link.Path} from {link.Before} to {link.After}",
        ValueStep value => $"set {value.Path} from {value.Before} to {value.After}",
        ModuleStep module => $"load the kernel module {module.Name}",
        ProgramStep program => $"run {program.Line}",
        DomainStep domain => $"define {domain.Name} anew ({domain.Uri})",
        _ => step.Key,
    };

    /// <summary>Its kind in JSON. Frozen.</summary>
    public static string Kind(FixStep step) => step switch
    {
        FileStep => "file",
        LinkStep => "link",
        ValueStep => "value",
        ModuleStep => "module",
        ProgramStep => "program",
        DomainStep => "domain",
        _ => "unknown",
    };

    /// <summary>The lines of the change; empty for a step that changes no text.</summary>
    public static IReadOnlyList<string> Diff(FixStep step, SecretFilter secrets) => step switch
    {
        FileStep { Like: { } live, LikeContent: { } content } file => UnifiedDiff.Of(live, Decoded(secrets(live, content)), file.Path, Decoded(secrets(live, file.After))),
        FileStep file => UnifiedDiff.Of(file.Path, file.Before is null ? null : Decoded(secrets(file.Path, file.Before)), Decoded(secrets(file.Path, file.After))),
        DomainStep domain => UnifiedDiff.Of($"/{domain.Name}.xml", Xml(domain.Before, secrets), Xml(domain.After, secrets)),
        _ => [],
    };

    /// <summary>When it shows and what it may do: <c>at the next boot; may step the clock</c>.</summary>
    public static string When(FixStep step) => RiskText.Of(step.Effect) + (step.Risk == Risk.None ? "" : "; " + RiskText.Of(step.Risk));

    private static string Xml(string text, SecretFilter secrets) => Decoded(secrets("/domain.xml", Encoding.UTF8.GetBytes(text)));

    /// <summary>UTF-8 where it is that, else Latin-1.</summary>
    private static string Decoded(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}

/// <summary>Takes secrets out of what is shown; files themselves keep them.</summary>
public delegate byte[] SecretFilter(string path, byte[] bytes);
