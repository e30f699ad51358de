namespace Guestclock.EndToEnd;

/// <summary>Runs the published binary by a shell that takes something from it first.</summary>
internal static class Confined
{
    /// <summary>With at most so much memory of its own (RLIMIT_DATA counts what is mapped for writing): more is an end by force.</summary>
    public static Task<Outcome> RunAsync(int limitMiB, string[] args) => ShellAsync($"ulimit -d {limitMiB << 10}; exec \"$@\"", args);

    /// <summary>A script in which <c>"$@"</c> is the binary with its arguments.</summary>
    public static Task<Outcome> ShellAsync(string script, params string[] args) =>
        Binary.RunProgramAsync("/bin/sh", ["-c", script, "sh", Binary.Path, .. args]);

    /// <summary>The same in mount and network namespaces of its own, where nothing that is mounted is seen outside. Needs root.</summary>
    public static Task<Outcome> NamespaceAsync(string script, params string[] args)
    {
        if (Environment.UserName != "root")
            Assert.Skip("namespaces need root");
        return Binary.RunProgramAsync("/usr/bin/unshare", ["-m", "-n", "/bin/sh", "-c", script, "sh", Binary.Path, .. args]);
    }
}
