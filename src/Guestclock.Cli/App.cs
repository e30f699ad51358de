namespace Guestclock.Cli;

/// <summary>The program as a function.</summary>
public static class App
{
    public static int Run(string[] args, TextWriter stdout, TextWriter stderr)
    {
        stdout.WriteLine("guestclock 0.1.0");
        return 0;
    }
}
