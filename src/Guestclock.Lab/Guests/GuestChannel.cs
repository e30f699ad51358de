using System.Net.Sockets;
using System.Text;

namespace Guestclock.Lab.Guests;

/// <summary>Speaks with the script <c>channel</c>, which runs in the guest; one command at a time.</summary>
internal sealed class GuestChannel : IDisposable
{
    private const int MaxHeaderBytes = 64;
    private const int MaxOutputBytes = 256 * 1024 * 1024;

    // How much longer than the command's own limit the answer may take to get here.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly NetworkStream _stream;
    private bool _broken;

    private GuestChannel(Socket socket) => _stream = new NetworkStream(socket, ownsSocket: true);

    /// <summary>Connects to the socket that QEMU is about to open.</summary>
    public static async Task<GuestChannel> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new GuestChannel(socket);
            }
            catch (SocketException)
            {
                socket.Dispose();
                await Task.Delay(50, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Runs a shell script in the guest. A guest that has not come up yet runs it as soon as it has.</summary>
    /// <param name="limit">After this the guest kills the script.</param>
    /// <exception cref="TimeoutException">The guest did not answer; nothing can be run in it any more.</exception>
    public async Task<GuestResult> RunAsync(string script, TimeSpan limit, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_broken)
                throw new InvalidOperationException("an earlier command got no answer, so the guest cannot be asked again");
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(limit + Grace);
            _broken = true; // Until the whole answer is here.
            var request = $"{Math.Ceiling(limit.TotalSeconds):0} {Convert.ToBase64String(Encoding.UTF8.GetBytes(script))}\n";
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(request), deadline.Token);
            var result = await ReadAnswerAsync(deadline.Token);
            _broken = false;
            return result;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the guest gave no answer within {(limit + Grace).TotalSeconds:0} s to: {script}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _turn.Dispose();
    }

    private async Task<GuestResult> ReadAnswerAsync(CancellationToken cancellationToken)
    {
        var header = new List<byte>(MaxHeaderBytes);
        var one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
                break;
            header.Add(one[0]);
            if (header.Count > MaxHeaderBytes)
                throw new InvalidDataException("the guest's answer does not begin with a line of three numbers");
        }
        var numbers = Encoding.ASCII.GetString([.. header]).Split(' ').Select(int.Parse).ToArray();
        var output = await ReadAsync(numbers[1], cancellationToken);
        return new GuestResult(numbers[0], output, await ReadAsync(numbers[2], cancellationToken));
    }

    private async Task<byte[]> ReadAsync(int length, CancellationToken cancellationToken)
    {
        if (length is < 0 or > MaxOutputBytes)
            throw new InvalidDataException($"the guest offers {length} bytes of output");
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
