using System.Text;

namespace Guestclock.Lab.Guests;

/// <summary>What a command in a guest came to.</summary>
/// <param name="ExitCode">As a shell gives it; 137: killed, also when its time limit was over.</param>
public sealed record GuestResult(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error)
{
    public string Stdout => Encoding.UTF8.GetString(Output.Span);

    public string Stderr => Encoding.UTF8.GetString(Error.Span);

    public override string ToString() => $"exit code {ExitCode}\n{Stdout}{Stderr}";
}
