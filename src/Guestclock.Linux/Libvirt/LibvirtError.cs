using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary>An error of libvirt, as virterror.h numbers it.</summary>
/// <param name="Number">Of a failed system call: errno.</param>
internal sealed record LibvirtError(LibvirtErrorCode Code, int Domain, string Message, int Number = 0)
{
    /// <summary>VIR_FROM_QEMU: the driver of QEMU, whether it runs in the daemon or here.</summary>
    public const int FromQemu = 10;

    /// <summary>VIR_FROM_RPC: the way to the daemon.</summary>
    public const int FromRpc = 7;

    /// <summary>The last error of this thread.</summary>
    public static unsafe LibvirtError Last()
    {
        var error = LibvirtApi.LastError();
        if (error is null)
            return new(LibvirtErrorCode.None, 0, "no error given");
        var text = Marshal.PtrToStringUTF8((nint)error->Message) is { Length: > 0 } message ? message.ReplaceLineEndings(" ") : "no error given";
        return new((LibvirtErrorCode)error->Code, error->Domain, text, error->Number1);
    }
}

/// <summary>virErrorNumber of virterror.h, as far as it is told apart.</summary>
internal enum LibvirtErrorCode
{
    None = 0,
    InternalError = 1,
    NoSupport = 3,
    OperationDenied = 29,
    SystemError = 38,
    NoDomain = 42,
    AuthenticationFailed = 45,
    OperationInvalid = 55,
    ConfigUnsupported = 67,
    OperationTimeout = 68,
    ArgumentUnsupported = 74,
    AuthenticationCancelled = 79,
    AgentUnresponsive = 86,
    ResourceBusy = 87,
    AccessDenied = 88,
    AuthenticationUnavailable = 94,
    AgentUnsynced = 97,
}
