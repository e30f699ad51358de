using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Guestclock.Lab.Guests;

namespace Guestclock.Lab.Hosts;

/// <summary>An NTP server on this machine's loopback: a real chronyd that never touches the clock (<c>-x</c>).</summary>
public sealed class HostChrony : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private readonly WorkFolder _folder;
    private readonly HostDaemon _chronyd;

    private HostChrony(WorkFolder folder, HostDaemon chronyd, int port)
    {
        _folder = folder;
        _chronyd = chronyd;
        Port = port;
    }

    /// <summary>Its UDP port on 127.0.0.1; a guest reaches it at 10.0.2.2.</summary>
    public int Port { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="LabException">It cannot be fetched or does not answer.</exception>
    public static async Task<HostChrony> StartAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        // The guests' copy: the machine's own may be missing, or be confined to its own folders.
        var tree = await GuestKernel.Linux61.Tree.GetAsync(progress, cancellationToken);
        var libraries = Path.Combine(tree, "usr/lib/x86_64-linux-gnu");
        var folder = WorkFolder.Create("chrony-");
        var port = FreePort();
        var configuration = Path.Combine(folder.Path, "chrony.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            port {port}
            bindaddress 127.0.0.1
            allow 127.0.0.1
            local stratum 2
            cmdport 0
            bindcmdaddress /
            pidfile {folder.Path}/chronyd.pid

            """,
            cancellationToken);
        string[] command =
        [
            Path.Combine(libraries, "ld-linux-x86-64.so.2"), "--library-path", libraries,
            Path.Combine(tree, "usr/sbin/chronyd"), "-x", "-d", "-U", "-u", Environment.UserName, "-f", configuration,
        ];
        var server = new HostChrony(folder, HostDaemon.Start(command), port);
        try
        {
            await server.WaitUntilUpAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _chronyd.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        using var client = new UdpClient();
        client.Connect(IPAddress.Loopback, Port);
        var question = new byte[48]; // RFC 5905, 7.3: version 4, mode 3 (client), all else unknown.
        question[0] = 0x23;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < StartLimit && !_chronyd.Ended.IsCompleted;)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromMilliseconds(200));
            try
            {
                await client.SendAsync(question, patience.Token);
                await client.ReceiveAsync(patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellationToken); // Refused: not there yet.
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // No answer: asked again.
            }
        }
        await _chronyd.StopAsync();
        throw new LabException($"chronyd did not answer on port {Port} of the loopback: {await _chronyd.Complaints}");
    }

    private static int FreePort()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }
}
