using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// The functions of the system's libvirt.so.0 and libvirt-qemu.so.0 that are used (libvirt-host.h, libvirt-domain.h, libvirt-event.h,
/// libvirt-qemu.h, virterror.h), all since libvirt 1.2.11 or before. The libraries are loaded at the first call.
/// </summary>
internal static unsafe partial class LibvirtApi
{
    public const string Library = "libvirt.so.0";
    private const string QemuLibrary = "libvirt-qemu.so.0";

    [LibraryImport(Library, EntryPoint = "virSetErrorFunc")]
    public static partial void SetErrorFunction(nint data, delegate* unmanaged[Cdecl]<nint, nint, void> function);

    /// <summary>This thread's last error, or null.</summary>
    [LibraryImport(Library, EntryPoint = "virGetLastError")]
    public static partial NativeError* LastError();

    [LibraryImport(Library, EntryPoint = "virConnectOpen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ConnectionHandle Open(string uri);

    [LibraryImport(Library, EntryPoint = "virConnectOpenReadOnly", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ConnectionHandle OpenReadOnly(string uri);

    [LibraryImport(Library, EntryPoint = "virConnectClose")]
    public static partial int Close(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectIsAlive")]
    public static partial int IsAlive(ConnectionHandle connection);

    /// <param name="seconds">How long the line may be quiet before the other side is asked whether it lives.</param>
    /// <param name="count">So many questions without an answer end the connection.</param>
    [LibraryImport(Library, EntryPoint = "virConnectSetKeepAlive")]
    public static partial int SetKeepAlive(ConnectionHandle connection, int seconds, uint count);

    [LibraryImport(Library, EntryPoint = "virConnectRegisterCloseCallback")]
    public static partial int RegisterClose(ConnectionHandle connection, delegate* unmanaged[Cdecl]<nint, int, nint, void> callback, nint data,
        delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport(Library, EntryPoint = "virConnectUnregisterCloseCallback")]
    public static partial int UnregisterClose(ConnectionHandle connection, delegate* unmanaged[Cdecl]<nint, int, nint, void> callback);

    /// <param name="array">Set to an array of handles, to be freed with free(3), each with virDomainFree.</param>
    [LibraryImport(Library, EntryPoint = "virConnectListAllDomains")]
    public static partial int ListAllDomains(ConnectionHandle connection, nint** array, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainLookupByName", StringMarshalling = StringMarshalling.Utf8)]
    public static partial DomainHandle LookUpByName(ConnectionHandle connection, string name);

    [LibraryImport(Library, EntryPoint = "virDomainFree")]
    public static partial int FreeDomain(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainGetName")]
    public static partial nint NameOf(DomainHandle domain);

    /// <summary>As the other, of a handle that a callback was given and that is not ours.</summary>
    [LibraryImport(Library, EntryPoint = "virDomainGetName")]
    public static partial nint NameOf(nint domain);

    /// <param name="uuid">16 bytes, in the order of RFC 4122.</param>
    [LibraryImport(Library, EntryPoint = "virDomainGetUUID")]
    public static partial int UuidOf(DomainHandle domain, byte* uuid);

    [LibraryImport(Library, EntryPoint = "virDomainGetState")]
    public static partial int StateOf(DomainHandle domain, int* state, int* reason, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainIsPersistent")]
    public static partial int IsPersistent(DomainHandle domain);

    /// <summary>A text to be freed with free(3), or null.</summary>
    [LibraryImport(Library, EntryPoint = "virDomainGetXMLDesc")]
    public static partial byte* XmlOf(DomainHandle domain, uint flags);

    /// <summary>Defines a domain, or gives one of the same name and UUID another definition.</summary>
    [LibraryImport(Library, EntryPoint = "virDomainDefineXML", StringMarshalling = StringMarshalling.Utf8)]
    public static partial DomainHandle Define(ConnectionHandle connection, string xml);

    [LibraryImport(Library, EntryPoint = "virDomainSuspend")]
    public static partial int Suspend(DomainHandle domain);

    [LibraryImport(Library, EntryPoint = "virDomainResume")]
    public static partial int Resume(DomainHandle domain);

    [LibraryImport(Library, EntryPoint = "virDomainDestroy")]
    public static partial int Destroy(DomainHandle domain);

    [LibraryImport(Library, EntryPoint = "virConnectDomainEventRegisterAny")]
    public static partial int RegisterEvent(ConnectionHandle connection, nint domain, int eventId, nint callback, nint data,
        delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport(Library, EntryPoint = "virConnectDomainEventDeregisterAny")]
    public static partial int DeregisterEvent(ConnectionHandle connection, int callbackId);

    [LibraryImport(Library, EntryPoint = "virEventRegisterDefaultImpl")]
    public static partial int RegisterEventLoop();

    [LibraryImport(Library, EntryPoint = "virEventRunDefaultImpl")]
    public static partial int RunEventLoop();

    /// <summary>A text to be freed with free(3), or null.</summary>
    /// <param name="seconds">For the agent's answer. libvirt's own synchronisation, after a failure, takes up to 5 s more.</param>
    [LibraryImport(QemuLibrary, EntryPoint = "virDomainQemuAgentCommand", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* AgentCommand(DomainHandle domain, string command, int seconds, uint flags);

    /// <param name="result">Set to a text to be freed with free(3).</param>
    [LibraryImport(QemuLibrary, EntryPoint = "virDomainQemuMonitorCommand", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MonitorCommand(DomainHandle domain, string command, byte** result, uint flags);
}
