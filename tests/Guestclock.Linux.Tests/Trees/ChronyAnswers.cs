using System.Buffers.Binary;
using System.Net;
using System.Text;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>One source as chronyd lists it.</summary>
/// <param name="Name">An IPv4 address, or the four letters of a reference clock.</param>
/// <param name="State">0 selected, 1 not selectable, 2 falseticker, 3 jittery, 4 combined, 5 not combined.</param>
internal sealed record Heard(string Name, int State = 0, int Stratum = 2, int Reach = 255, double OffsetS = 0.00012, double ErrorS = 0.002)
{
    public bool IsClock => Name.Length == 4;
}

/// <summary>Replies of a chronyd to its command protocol, in the layout of chrony's candm.h.</summary>
internal static class ChronyAnswers
{
    public static Tree ChronyHears(this Tree tree, params IReadOnlyList<Heard> sources) => tree.Chrony(sources, 0.00012);

    /// <param name="correctionS">What the system clock is slow by.</param>
    public static Tree Chrony(this Tree tree, IReadOnlyList<Heard> sources, double correctionS)
    {
        var selected = sources.FirstOrDefault(s => s.State == 0 && s.Reach != 0);
        tree.Answer(Questions.ChronyPrefix + "tracking", Tracking(selected, correctionS))
            .Answer(Questions.ChronyPrefix + "n_sources", Reply(14, 2, 32, b => U32(b, 28, (uint)sources.Count)))
            .Answer(Questions.ChronyPrefix + "activity", Reply(44, 12, 48, b => U32(b, 28, (uint)sources.Count(s => !s.IsClock))));
        for (var i = 0; i < sources.Count; i++)
        {
            var source = sources[i];
            tree.Answer($"{Questions.ChronyPrefix}source_data/{i}", Source(source))
                .Answer($"{Questions.ChronyPrefix}sourcestats/{i}", Reply(34, 6, 84, b => Address(b, 28 + 4, source.Name)));
        }

        return tree;
    }

    private static byte[] Tracking(Heard? selected, double correctionS) => Reply(33, 5, 104, b =>
    {
        if (selected is null)
        {
            U16(b, 28 + 26, 3);
            Float(b, 28 + 64, 1);
            Float(b, 28 + 68, 1);
            return;
        }

        if (selected.IsClock)
            Encoding.ASCII.GetBytes(selected.Name, b.AsSpan(28));
        else
        {
            IPAddress.Parse(selected.Name).TryWriteBytes(b.AsSpan(28), out _);
            Address(b, 28 + 4, selected.Name);
        }

        U16(b, 28 + 24, (ushort)(selected.Stratum + 1));
        U32(b, 28 + 32, 1_795_000_000);
        Float(b, 28 + 40, correctionS);
        Float(b, 28 + 52, -4.25);
        Float(b, 28 + 64, 0.012);
        Float(b, 28 + 68, 0.0015);
        Float(b, 28 + 72, 64);
    });

    private static byte[] Source(Heard source) => Reply(15, 3, 76, b =>
    {
        Address(b, 28, source.Name);
        U16(b, 28 + 20, 6);
        U16(b, 28 + 22, (ushort)source.Stratum);
        U16(b, 28 + 24, (ushort)source.State);
        U16(b, 28 + 26, source.IsClock ? (ushort)2 : (ushort)0);
        U16(b, 28 + 30, (ushort)source.Reach);
        U32(b, 28 + 32, source.Reach == 0 ? uint.MaxValue : 20);
        Float(b, 28 + 36, source.OffsetS);
        Float(b, 28 + 40, source.OffsetS);
        Float(b, 28 + 44, source.ErrorS);
    });

    private static byte[] Reply(ushort command, ushort code, int bytes, Action<byte[]> fill)
    {
        var reply = new byte[bytes];
        (reply[0], reply[1]) = (6, 2);
        U16(reply, 4, command);
        U16(reply, 6, code);
        fill(reply);
        return reply;
    }

    private static void Address(byte[] reply, int at, string name)
    {
        if (IPAddress.TryParse(name, out var address))
        {
            address.TryWriteBytes(reply.AsSpan(at), out _);
            U16(reply, at + 16, 1);
        }
        else
        {
            Encoding.ASCII.GetBytes(name, reply.AsSpan(at));
        }
    }

    /// <summary>chrony's Float: an exponent of 7 bits over a coefficient of 25.</summary>
    private static void Float(byte[] reply, int at, double value)
    {
        if (value == 0)
            return;
        var exponent = Math.ILogB(value) + 2;
        var coefficient = (int)Math.Round(Math.ScaleB(value, 25 - exponent));
        U32(reply, at, unchecked((uint)(exponent << 25) | ((uint)coefficient & 0x1FF_FFFF)));
    }

    private static void U16(byte[] reply, int at, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(at), value);

    private static void U32(byte[] reply, int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(at), value);
}
