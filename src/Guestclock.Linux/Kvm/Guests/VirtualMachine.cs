using System.Buffers.Binary;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>A virtual machine of 64 KiB whose vCPUs are in 64-bit mode and have kvm-clock.</summary>
internal sealed unsafe class VirtualMachine : IDisposable
{
    private readonly KvmSystem _system;
    private readonly int _descriptor;
    private readonly List<VirtualCpu> _cpus = [];
    private nint _memory;

    private VirtualMachine(KvmSystem system, int descriptor)
    {
        _system = system;
        _descriptor = descriptor;
    }

    public IReadOnlyList<VirtualCpu> Cpus => _cpus;

    public Span<byte> Memory => new((void*)_memory, GuestLayout.Bytes);

    /// <param name="hostCpus">One vCPU for each; null where any CPU will do.</param>
    /// <param name="code">What all vCPUs run, from <see cref="GuestLayout.Code"/>.</param>
    public static VirtualMachine Create(KvmSystem system, MachineCode code, params IReadOnlyList<int?> hostCpus)
    {
        var machine = new VirtualMachine(system, system.CreateMachine());
        try
        {
            machine.GiveMemory();
            code.ToBytes().CopyTo(machine.Memory[GuestLayout.Code..]);
            LongMode.WriteTables(machine.Memory);
            foreach (var hostCpu in hostCpus)
                machine.AddCpu(hostCpu);
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <summary>What KVM wrote for the vCPU: whole, for it writes only while the vCPU is run.</summary>
    public PvClockPage ClockPage(int cpu) => PvClockPage.Decode(Memory[GuestLayout.ClockPage(cpu)..]);

    public ulong LastReading(int cpu) => BinaryPrimitives.ReadUInt64LittleEndian(Memory[GuestLayout.Reading(cpu)..]);

    public KvmClockData GetClock()
    {
        var clock = default(KvmClockData);
        _system.Call(_descriptor, KvmRequests.GetClock, (nint)(&clock));
        return clock;
    }

    public void SetClock(KvmClockData clock) => _system.Call(_descriptor, KvmRequests.SetClock, (nint)(&clock));

    public void Dispose()
    {
        foreach (var cpu in _cpus)
            cpu.Dispose();
        // A vCPU that never came back still uses both.
        if (_cpus.Exists(c => c.IsLost))
            return;
        _system.Calls.Close(_descriptor);
        if (_memory != 0)
            _system.Calls.Unmap(_memory, GuestLayout.Bytes);
    }

    private void GiveMemory()
    {
        var memory = _system.Calls.Map(-1, GuestLayout.Bytes);
        if (memory is < 0 and > -4096)
            throw new KvmException("mmap of a guest's memory", (int)-memory);
        _memory = memory;
        Span<byte> region = stackalloc byte[KvmLayout.MemoryRegion.Size];
        region.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(region[KvmLayout.MemoryRegion.MemorySize..], GuestLayout.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(region[KvmLayout.MemoryRegion.UserAddress..], memory);
        _system.Call(_descriptor, KvmRequests.SetUserMemoryRegion, region);
    }

    private void AddCpu(int? hostCpu)
    {
        var id = _cpus.Count;
        var cpu = VirtualCpu.Create(_system, _descriptor, id, hostCpu);
        _cpus.Add(cpu);
        cpu.State.SetCpuid();
        cpu.State.EnterLongMode();
        cpu.State.SetRegisters(rdi: (ulong)GuestLayout.Reading(id));
        cpu.State.SetMsr(VirtualCpuState.SystemTimeMsr, (ulong)GuestLayout.ClockPage(id) | 1);
    }
}
