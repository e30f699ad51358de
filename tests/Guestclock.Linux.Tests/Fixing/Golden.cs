namespace Guestclock.Linux.Tests.Fixing;

/// <summary>The name of a golden file: a folder for each repair, and in it one for each machine.</summary>
internal static class Golden
{
    public static string Of(string fix, string machine) => $"{fix}/{machine.ToLowerInvariant().Replace(' ', '-')}";
}
