using System.Threading.Channels;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Qmp;

/// <summary>
/// Events that wait for their reader. Others than vital ones are left out once <see cref="MostOthers"/> wait; a vital one that finds no
/// room is an overrun, after which only a new look at the guest helps.
/// </summary>
internal sealed class QmpEventQueue
{
    public const int Most = 1024;

    public const int MostOthers = 256;

    private readonly Channel<QmpEvent> _channel = Channel.CreateBounded<QmpEvent>(new BoundedChannelOptions(Most) { SingleWriter = true });

    public ChannelReader<QmpEvent> Reader => _channel.Reader;

    /// <summary>False on overrun.</summary>
    public bool TryAdd(QmpEvent told) => told.IsVital ? _channel.Writer.TryWrite(told)
        : _channel.Reader.Count >= MostOthers || _channel.Writer.TryWrite(told);

    public void Close() => _channel.Writer.TryComplete();
}
