using System.Diagnostics;
using Guestclock.Linux.Qmp;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Tests.Qmp;

/// <summary>
/// A real QEMU without a guest: its firmware finds nothing to boot, which is all that monitors, events and migrations need. It ends with the
/// test, or after two minutes by itself.
/// </summary>
internal sealed class Qemu : IDisposable
{
    public const string NotInstalled = "needs the package qemu-system-x86";

    private static readonly string? Program =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(f => Path.Combine(f, "qemu-system-x86_64")).FirstOrDefault(File.Exists);

    private readonly Process _process;

    /// <param name="folder">Its sockets stand there: <c>qmp</c> for us, <c>test</c> for the test's own hand.</param>
    public Qemu(string folder, params IReadOnlyList<string> options)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _process = Process.Start(new ProcessStartInfo("timeout",
        [
            "120", Program!, "-nodefaults", "-display", "none", "-machine", "pc", "-accel", "tcg", "-m", "16",
            "-qmp", $"unix:{Monitor},server=on,wait=off", "-qmp", $"unix:{folder}/test,server=on,wait=off", .. options,
        ])
        {
            UseShellExecute = false,
        })!;
    }

    public static bool IsInstalled => Program is not null;

    public string Folder { get; }

    public string Monitor => Folder + "/qmp";

    /// <summary>Options of a channel that a guest's agent would use; its socket is FOLDER/ID.</summary>
    /// <param name="id">Of the device; without one it raises no VSERPORT_CHANGE.</param>
    public static IReadOnlyList<string> Channel(string folder, string chardev, string name, string? id = null) =>
    [
        "-chardev", $"socket,id={chardev},path={folder}/{chardev},server=on,wait=off",
        "-device", $"virtserialport,chardev={chardev},name={name}{(id is null ? "" : ",id=" + id)}",
    ];

    /// <summary>A disk for <c>savevm</c>.</summary>
    public static IReadOnlyList<string> Disk(string folder)
    {
        Directory.CreateDirectory(folder);
        TempTree.Run("qemu-img", "create", "-q", "-f", "qcow2", folder + "/disk.qcow2", "8M");
        return ["-drive", $"if=none,id=disk,format=qcow2,file={folder}/disk.qcow2"];
    }

    /// <summary>Connects as soon as it is up.</summary>
    public static async Task<QmpConnection> ConnectAsync(string path)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await QmpConnection.ConnectAsync(path, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            }
            catch (QmpException e) when (e.Problem is QmpProblem.Missing or QmpProblem.Refused && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    public Task<QmpConnection> ConnectAsync() => ConnectAsync(Monitor);

    /// <summary>Runs commands in order over the test's own monitor.</summary>
    public async Task DoAsync(params IReadOnlyList<string> commands)
    {
        await using var own = await ConnectAsync(Folder + "/test");
        foreach (var command in commands)
        {
            if (command.StartsWith("hmp ", StringComparison.Ordinal))
                _ = await own.ExecuteAsync("human-monitor-command", QmpCommand.Arguments(("command-line", command[4..])));
            else
                _ = await own.ExecuteAsync(command);
        }
    }

    /// <summary>As when it crashes: its socket's file stays.</summary>
    public void Kill()
    {
        do
            Signal("KILL");
        while (!_process.WaitForExit(50));
    }

    public void Signal(string name) => TempTree.Run("pkill", "-" + name, "-P", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
