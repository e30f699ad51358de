namespace Guestclock.Cli;

/// <summary>Exit codes; 0 to 3 are those of monitoring plugins, 64 and 70 those of sysexits(3). Frozen.</summary>
public static class ExitCodes
{
    public const int Ok = 0;
    public const int Warning = 1;
    public const int Critical = 2;
    public const int Unknown = 3;

    /// <summary>fix and rollback: planned, but not done completely; the output says what, and how to go on.</summary>
    public const int Incomplete = 4;

    /// <summary>The command line, a policy file or a root is wrong: the user can mend it.</summary>
    public const int Usage = 64;

    /// <summary>Our own fault.</summary>
    public const int Internal = 70;
}
