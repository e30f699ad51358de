using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// Calls of libvirt as C# would have them. Each may block as long as the daemon does, and leaves <see cref="LibvirtError.Last"/> on its
/// own thread when it fails.
/// </summary>
internal static unsafe class LibvirtCalls
{
    private const uint Secure = 1; // VIR_DOMAIN_XML_SECURE
    private const uint Inactive = 2; // VIR_DOMAIN_XML_INACTIVE

    /// <summary>Keeps libvirt from printing errors on stderr; they are asked for instead.</summary>
    public static void BeSilent() => LibvirtApi.SetErrorFunction(0, &Ignore);

    /// <summary>All domains, running or not, each to be disposed of; null on an error.</summary>
    public static DomainHandle[]? Domains(ConnectionHandle connection)
    {
        nint* array = null;
        var count = LibvirtApi.ListAllDomains(connection, &array, 0);
        if (count < 0)
            return null;
        var domains = new DomainHandle[count];
        for (var i = 0; i < count; i++)
            domains[i] = new(array[i]);
        NativeMemory.Free(array);
        return domains;
    }

    public static string NameOf(DomainHandle domain) => Marshal.PtrToStringUTF8(LibvirtApi.NameOf(domain)) ?? "";

    public static Guid UuidOf(DomainHandle domain)
    {
        var bytes = stackalloc byte[16];
        return LibvirtApi.UuidOf(domain, bytes) < 0 ? Guid.Empty : new(new ReadOnlySpan<byte>(bytes, 16), bigEndian: true);
    }

    /// <summary><see cref="DomainState.Unknown"/> on an error.</summary>
    public static DomainState StateOf(DomainHandle domain)
    {
        int state, reason;
        return LibvirtApi.StateOf(domain, &state, &reason, 0) < 0 ? DomainState.Unknown : (DomainState)state;
    }

    /// <summary>The XML's bytes; null on an error; empty when more than <paramref name="limit"/>.</summary>
    /// <param name="nextStart">Of the next start, not of now.</param>
    public static byte[]? XmlOf(DomainHandle domain, int limit, bool nextStart = false) =>
        Taken(LibvirtApi.XmlOf(domain, nextStart ? Inactive : 0), limit);

    /// <summary>The XML of the next start with its secrets; null on an error; empty when more than <paramref name="limit"/> bytes.</summary>
    public static byte[]? DefinitionOf(DomainHandle domain, int limit) => Taken(LibvirtApi.XmlOf(domain, Secure | Inactive), limit);

    /// <summary>The agent's answer; null on an error; empty when more than <paramref name="limit"/> bytes.</summary>
    public static byte[]? AgentCommand(DomainHandle domain, string command, int seconds, int limit) =>
        Taken(LibvirtApi.AgentCommand(domain, command, seconds, 0), limit);

    /// <summary>QEMU's answer, which may be an error of QEMU's; null on an error of libvirt; empty when more than <paramref name="limit"/> bytes.</summary>
    public static byte[]? MonitorCommand(DomainHandle domain, string command, int limit)
    {
        byte* result = null;
        return LibvirtApi.MonitorCommand(domain, command, &result, 0) < 0 ? null : Taken(result, limit);
    }

    private static byte[]? Taken(byte* text, int limit)
    {
        if (text is null)
            return null;
        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        var copy = bytes.Length > limit ? [] : bytes.ToArray();
        NativeMemory.Free(text);
        return copy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Ignore(nint data, nint error)
    {
    }
}
