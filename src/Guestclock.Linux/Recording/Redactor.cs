using System.Text;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>
/// Takes secrets out of files and answers. Pure. What is taken out is replaced by
/// <see cref="Mark"/>; names, arguments and lines stay, so that no finding changes. Text that holds no secret comes back as it was, byte
/// for byte.
/// </summary>
public static class Redactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "REDACTED";

    /// <summary>The content of the file at a path.</summary>
    public static byte[] File(string path, byte[] bytes)
    {
        if (!MayHoldSecrets(path) || bytes.Length == 0 || bytes.AsSpan().Contains((byte)0))
            return bytes;
        if (path.StartsWith("/var/log/", StringComparison.Ordinal))
            return Text(bytes, t => TimeLines.KeepOfLog(t, Path.GetFileName(path)));
        return Text(bytes, t => IsXml(t) ? SecretsInXml.Redact(t) : SecretsInText.Redact(SecretsInText.RedactPasswordLines(t)));
    }

    /// <summary>The answer to a question.</summary>
    public static byte[] Answer(string name, byte[] bytes) => name switch
    {
        Questions.KernelLog => Text(bytes, TimeLines.Keep),
        Questions.Processes => Text(bytes, SecretsInProcesses.Redact),
        Questions.LibvirtDomains => SecretsInDomains.Redact(bytes),
        _ when name.StartsWith(Questions.LibvirtDefinitionPrefix, StringComparison.Ordinal) => Text(bytes, SecretsInXml.Redact),
        _ => bytes,
    };

    private static bool IsXml(string text) => text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal);

    /// <summary>Of the kernel's own files only the command line can hold one; the lists below modules and share are long and hold
    /// none.</summary>
    private static bool MayHoldSecrets(string path) =>
        path is "/proc/cmdline" or "/proc/bootconfig"
        || (!path.StartsWith("/proc/", StringComparison.Ordinal)
            && !path.StartsWith("/sys/", StringComparison.Ordinal)
            && !path.StartsWith("/lib/modules/", StringComparison.Ordinal)
            && !path.StartsWith("/usr/lib/modules/", StringComparison.Ordinal)
            && !path.StartsWith("/usr/share/", StringComparison.Ordinal));

    private static byte[] Text(byte[] bytes, Func<string, string> redact)
    {
        // Latin-1 keeps every byte, valid UTF-8 or not; all that is looked for is ASCII.
        var text = Encoding.Latin1.GetString(bytes);
        var clean = redact(text);
        return string.Equals(text, clean, StringComparison.Ordinal) ? bytes : Encoding.Latin1.GetBytes(clean);
    }
}
