namespace Guestclock.Linux.Kvm.Guests;

/// <summary>
/// Compares the clocks of vCPUs without a lock: each publishes its reading in a shared cell where it is the largest so far, and whoever takes
/// a reading has looked into the cell before. So a reading below what stood in the cell is a step back. TSC and kvm-clock each have a cell.
/// <para>
/// rdi: the shared cells; rsi: the vCPU's own pvclock structure. When it halts, rbp: readings; rbx: those that another vCPU's followed;
/// r12, r13: steps back of the TSC and the worst, in cycles; r15, r14: the same of kvm-clock, in nanoseconds.
/// </para>
/// </summary>
internal static class WarpProgram
{
    /// <summary>Offsets from rdi.</summary>
    public const int LargestTsc = 0;
    public const int LargestClock = 0x40;

    /// <summary>u32; anything but 0 ends the program after a reading.</summary>
    public const int Stop = 0x80;

    public static MachineCode Code { get; } = Build();

    private static MachineCode Build()
    {
        var code = new MachineCode();
        Read(code);
        CompareTsc(code);
        ComputeClock(code);
        CompareClock(code);
        return code
            .Label("next")
            .Add("cmp dword [rdi+0x80], 0", 0x83, 0xBF, 0x80, 0x00, 0x00, 0x00, 0x00)
            .JumpIfEqual("start")
            .Add("hlt", 0xF4);
    }

    private static void Read(MachineCode code) => code
        .Label("start")
        .Add("mov r8, [rdi]", 0x4C, 0x8B, 0x07)
        .Add("mov r9, [rdi+0x40]", 0x4C, 0x8B, 0x4F, 0x40)
        .Add("mov r10d, [rsi]", 0x44, 0x8B, 0x16)
        .Add("lfence", 0x0F, 0xAE, 0xE8)
        .Add("rdtsc", 0x0F, 0x31)
        .Add("lfence", 0x0F, 0xAE, 0xE8)
        .Add("shl rdx, 32", 0x48, 0xC1, 0xE2, 0x20)
        .Add("or rax, rdx", 0x48, 0x09, 0xD0)
        .Add("inc rbp", 0x48, 0xFF, 0xC5);

    /// <summary>r11 is what this vCPU published last.</summary>
    private static void CompareTsc(MachineCode code) => code
        .Add("cmp r8, r11", 0x4D, 0x39, 0xD8)
        .JumpIfEqual("own")
        .Add("inc rbx", 0x48, 0xFF, 0xC3)
        .Label("own")
        .Add("cmp rax, r8", 0x4C, 0x39, 0xC0)
        .JumpIfNotBelow("tsc-forward")
        .Add("inc r12", 0x49, 0xFF, 0xC4)
        .Add("sub r8, rax", 0x49, 0x29, 0xC0)
        .Add("cmp r8, r13", 0x4D, 0x39, 0xE8)
        .JumpIfNotAbove("clock")
        .Add("mov r13, r8", 0x4D, 0x89, 0xC5)
        .Jump("clock")
        .Label("tsc-forward")
        .Add("mov rdx, rax", 0x48, 0x89, 0xC2)
        .Add("mov rax, r8", 0x4C, 0x89, 0xC0)
        .Add("lock cmpxchg [rdi], rdx", 0xF0, 0x48, 0x0F, 0xB1, 0x17)
        .JumpIfNotEqual("not-published")
        .Add("mov r11, rdx", 0x49, 0x89, 0xD3)
        .Label("not-published")
        .Add("mov rax, rdx", 0x48, 0x89, 0xD0);

    /// <summary>The arithmetic of Guestclock.Protocols.PvClock.PvClockPage: offsets 8, 16, 24 and 28 are its fields.</summary>
    private static void ComputeClock(MachineCode code) => code
        .Label("clock")
        .Add("sub rax, [rsi+8]", 0x48, 0x2B, 0x46, 0x08)
        .Add("movsx ecx, byte [rsi+28]", 0x0F, 0xBE, 0x4E, 0x1C)
        .Add("test ecx, ecx", 0x85, 0xC9)
        .JumpIfNegative("to-the-right")
        .Add("shl rax, cl", 0x48, 0xD3, 0xE0)
        .Jump("shifted")
        .Label("to-the-right")
        .Add("neg ecx", 0xF7, 0xD9)
        .Add("shr rax, cl", 0x48, 0xD3, 0xE8)
        .Label("shifted")
        .Add("mov edx, [rsi+24]", 0x8B, 0x56, 0x18)
        .Add("mul rdx", 0x48, 0xF7, 0xE2)
        .Add("shrd rax, rdx, 32", 0x48, 0x0F, 0xAC, 0xD0, 0x20)
        .Add("add rax, [rsi+16]", 0x48, 0x03, 0x46, 0x10);

    /// <summary>A structure that the host wrote meanwhile, or is writing, says nothing: the reading counts for the TSC only.</summary>
    private static void CompareClock(MachineCode code) => code
        .Add("test r10d, 1", 0x41, 0xF7, 0xC2, 0x01, 0x00, 0x00, 0x00)
        .JumpIfNotEqual("next")
        .Add("cmp r10d, [rsi]", 0x44, 0x3B, 0x16)
        .JumpIfNotEqual("next")
        .Add("cmp rax, r9", 0x4C, 0x39, 0xC8)
        .JumpIfNotBelow("clock-forward")
        .Add("inc r15", 0x49, 0xFF, 0xC7)
        .Add("sub r9, rax", 0x49, 0x29, 0xC1)
        .Add("cmp r9, r14", 0x4D, 0x39, 0xF1)
        .JumpIfNotAbove("next")
        .Add("mov r14, r9", 0x4D, 0x89, 0xCE)
        .Jump("next")
        .Label("clock-forward")
        .Add("mov rdx, rax", 0x48, 0x89, 0xC2)
        .Add("mov rax, r9", 0x4C, 0x89, 0xC8)
        .Add("lock cmpxchg [rdi+0x40], rdx", 0xF0, 0x48, 0x0F, 0xB1, 0x57, 0x40);
}
