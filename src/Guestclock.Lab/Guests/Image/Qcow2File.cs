using System.Buffers.Binary;

namespace Guestclock.Lab.Guests.Image;

/// <summary>Makes an empty disk image that can hold snapshots (QEMU, docs/interop/qcow2.rst, version 2).</summary>
internal static class Qcow2File
{
    private const int ClusterBits = 16;
    private const int ClusterBytes = 1 << ClusterBits;

    // One entry of the L1 table, which is one L2 table of 8 bytes an entry, each for one cluster.
    private const long DiskBytes = (ClusterBytes / 8L) << ClusterBits;

    /// <summary>Clusters: header, table of reference counts, reference counts, L1 table.</summary>
    public static void Create(string path)
    {
        var image = new byte[4 * ClusterBytes];
        var header = image.AsSpan();
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x514649FB); // "QFI\xFB"
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], 2); // version
        BinaryPrimitives.WriteUInt32BigEndian(header[20..], ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], DiskBytes);
        BinaryPrimitives.WriteUInt32BigEndian(header[36..], 1); // l1_size
        BinaryPrimitives.WriteInt64BigEndian(header[40..], 3 * ClusterBytes); // l1_table_offset
        BinaryPrimitives.WriteInt64BigEndian(header[48..], ClusterBytes); // refcount_table_offset
        BinaryPrimitives.WriteUInt32BigEndian(header[56..], 1); // refcount_table_clusters
        BinaryPrimitives.WriteInt64BigEndian(header[ClusterBytes..], 2 * ClusterBytes);
        for (var cluster = 0; cluster < 4; cluster++)
            BinaryPrimitives.WriteUInt16BigEndian(header[((2 * ClusterBytes) + (2 * cluster))..], 1);
        File.WriteAllBytes(path, image);
    }
}
