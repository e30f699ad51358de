namespace Guestclock.Linux.Kvm.Guests;

/// <summary>What our guests run: 64-bit mode, ring 0, no interrupts.</summary>
internal static class GuestPrograms
{
    /// <summary>Reads the TSC once each time it is run: rdi is where the reading goes.</summary>
    public static MachineCode ReadTsc { get; } = new MachineCode()
        .Label("again")
        .Add("lfence", 0x0F, 0xAE, 0xE8)
        .Add("rdtsc", 0x0F, 0x31)
        .Add("shl rdx, 32", 0x48, 0xC1, 0xE2, 0x20)
        .Add("or rax, rdx", 0x48, 0x09, 0xD0)
        .Add("mov [rdi], rax", 0x48, 0x89, 0x07)
        .Add("hlt", 0xF4)
        .Jump("again");

    /// <summary>Never ends by itself.</summary>
    public static MachineCode Spin { get; } = new MachineCode().Label("here").Jump("here");

    /// <summary>The hypercall of Intel's processors: rax, rbx and rcx are its arguments, rax its result.</summary>
    public static MachineCode VmCall { get; } = new MachineCode().Add("vmcall", 0x0F, 0x01, 0xC1).Add("hlt", 0xF4);

    /// <summary>The same of AMD's.</summary>
    public static MachineCode VmmCall { get; } = new MachineCode().Add("vmmcall", 0x0F, 0x01, 0xD9).Add("hlt", 0xF4);
}
