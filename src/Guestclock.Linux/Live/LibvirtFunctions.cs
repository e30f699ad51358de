using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestclock.Linux.Live;

/// <summary>
/// The functions of libvirt.so.0 that are used (libvirt/libvirt-domain.h, libvirt-host.h, virterror.h), all since libvirt 1.0.5 or
/// before.
/// </summary>
internal sealed unsafe class LibvirtFunctions
{
    public const uint Inactive = 2;

    private readonly delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, nint, void>, void> _setErrorFunction;
    private readonly delegate* unmanaged[Cdecl]<nint> _lastError;
    private readonly delegate* unmanaged[Cdecl]<byte*, nint> _open;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _close;
    private readonly delegate* unmanaged[Cdecl]<nint, nint**, uint, int> _list;
    private readonly delegate* unmanaged[Cdecl]<nint, nint> _name;
    private readonly delegate* unmanaged[Cdecl]<nint, int*, int*, uint, int> _state;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _isPersistent;
    private readonly delegate* unmanaged[Cdecl]<nint, uint, nint> _xml;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _free;

    /// <summary>Fails with <see cref="EntryPointNotFoundException"/> when the library is too old.</summary>
    public LibvirtFunctions(nint library)
    {
        _setErrorFunction = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, nint, void>, void>)Find(library,
            "virSetErrorFunc");
        _lastError = (delegate* unmanaged[Cdecl]<nint>)Find(library, "virGetLastErrorMessage");
        _open = (delegate* unmanaged[Cdecl]<byte*, nint>)Find(library, "virConnectOpenReadOnly");
        _close = (delegate* unmanaged[Cdecl]<nint, int>)Find(library, "virConnectClose");
        _list = (delegate* unmanaged[Cdecl]<nint, nint**, uint, int>)Find(library, "virConnectListAllDomains");
        _name = (delegate* unmanaged[Cdecl]<nint, nint>)Find(library, "virDomainGetName");
        _state = (delegate* unmanaged[Cdecl]<nint, int*, int*, uint, int>)Find(library, "virDomainGetState");
        _isPersistent = (delegate* unmanaged[Cdecl]<nint, int>)Find(library, "virDomainIsPersistent");
        _xml = (delegate* unmanaged[Cdecl]<nint, uint, nint>)Find(library, "virDomainGetXMLDesc");
        _free = (delegate* unmanaged[Cdecl]<nint, int>)Find(library, "virDomainFree");
    }

    /// <summary>Keeps libvirt from printing errors on stderr; they are asked for instead.</summary>
    public void BeSilent() => _setErrorFunction(0, &Ignore);

    /// <summary>The last error of this thread.</summary>
    public string LastError => Marshal.PtrToStringUTF8(_lastError()) is { Length: > 0 } text ? text.ReplaceLineEndings(" ")
        : "no error given";

    public nint OpenReadOnly(string uri)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(uri + "\0");
        fixed (byte* text = bytes)
            return _open(text);
    }

    public void Close(nint connection) => _ = _close(connection);

    /// <summary>Handles of all domains, each to be freed; null on an error.</summary>
    public nint[]? Domains(nint connection)
    {
        nint* array = null;
        var count = _list(connection, &array, 0);
        if (count < 0)
            return null;
        var handles = new ReadOnlySpan<nint>(array, count).ToArray();
        NativeMemory.Free(array);
        return handles;
    }

    public string NameOf(nint domain) => Marshal.PtrToStringUTF8(_name(domain)) ?? "";

    /// <summary>A number of virDomainState, or -1.</summary>
    public int StateOf(nint domain)
    {
        int state, reason;
        return _state(domain, &state, &reason, 0) < 0 ? -1 : state;
    }

    public bool IsPersistent(nint domain) => _isPersistent(domain) == 1;

    /// <summary>
    /// The XML's bytes, at most <paramref name="limit"/>; null with <see cref="LastError"/> on an error; empty when larger.
    /// </summary>
    public byte[]? XmlOf(nint domain, uint flags, int limit)
    {
        var text = (byte*)_xml(domain, flags);
        if (text is null)
            return null;
        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        var copy = bytes.Length > limit ? [] : bytes.ToArray();
        NativeMemory.Free(text);
        return copy;
    }

    public void Free(nint domain) => _ = _free(domain);

    private static nint Find(nint library, string name) => NativeLibrary.GetExport(library, name);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint data, nint error)
    {
    }
}
