namespace Guestclock.Linux.Kvm.Calls;

/// <summary>Why KVM_RUN came back: exit_reason of struct kvm_run.</summary>
internal static class ExitReason
{
    public const uint Halted = 5;

    /// <summary>The reason's name in linux/kvm.h, for sentences.</summary>
    public static string NameOf(uint reason) => reason switch
    {
        0 => "KVM_EXIT_UNKNOWN",
        1 => "KVM_EXIT_EXCEPTION",
        2 => "KVM_EXIT_IO",
        3 => "KVM_EXIT_HYPERCALL",
        Halted => "KVM_EXIT_HLT",
        6 => "KVM_EXIT_MMIO",
        8 => "KVM_EXIT_SHUTDOWN",
        9 => "KVM_EXIT_FAIL_ENTRY",
        10 => "KVM_EXIT_INTR",
        17 => "KVM_EXIT_INTERNAL_ERROR",
        _ => $"exit reason {reason}",
    };
}
