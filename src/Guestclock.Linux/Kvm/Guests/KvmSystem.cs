using System.Buffers.Binary;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>The open device: what is the same for all virtual machines.</summary>
internal sealed class KvmSystem : IDisposable
{
    private const int ApiVersion = 12;
    private const int FirstEntries = 64;
    private const int MostEntries = 1024;
    private const int MostRunBytes = 1 << 20;

    private readonly IKvmCalls _calls;
    private readonly int _device;
    private byte[]? _cpuid;

    private KvmSystem(IKvmCalls calls, int device)
    {
        _calls = calls;
        _device = device;
    }

    public IKvmCalls Calls => _calls;

    /// <summary>Bytes of the structure kvm_run and what follows it.</summary>
    public int RunBytes { get; private set; }

    /// <summary>struct kvm_cpuid2 of KVM_GET_SUPPORTED_CPUID: asked when it is first needed.</summary>
    public byte[] Cpuid => _cpuid ??= AskCpuid();

    public static KvmSystem Open(IKvmCalls calls, string path)
    {
        var device = calls.Open(path);
        if (device < 0)
            throw KvmException.Opening(path, -device);
        var system = new KvmSystem(calls, device);
        try
        {
            if (system.Call(KvmRequests.GetApiVersion, 0) is var version && version != ApiVersion)
                throw new KvmException(FactState.Unsupported, $"KVM_GET_API_VERSION: {version} in place of {ApiVersion}");
            system.RunBytes = system.Call(KvmRequests.GetVcpuMapSize, 0);
            if (system.RunBytes is < 4096 or > MostRunBytes)
                throw new KvmException(FactState.Malformed, $"KVM_GET_VCPU_MMAP_SIZE: {system.RunBytes} bytes");
            return system;
        }
        catch
        {
            system.Dispose();
            throw;
        }
    }

    /// <summary>KVM_CHECK_EXTENSION: 0 where it is not there.</summary>
    public int Capability(int number) => Call(KvmRequests.CheckExtension, number);

    /// <returns>The descriptor of a new virtual machine.</returns>
    public int CreateMachine() => Call(KvmRequests.CreateVm, 0);

    /// <summary>Throws where KVM refuses.</summary>
    public int Call(int descriptor, uint request, nint argument)
    {
        var result = _calls.Control(descriptor, request, argument);
        return result >= 0 ? result : throw new KvmException(KvmRequests.NameOf(request), -result);
    }

    /// <summary>As <see cref="Call(int, uint, nint)"/>, with the address of bytes that are read or filled.</summary>
    public unsafe int Call(int descriptor, uint request, Span<byte> bytes)
    {
        fixed (byte* address = bytes)
            return Call(descriptor, request, (nint)address);
    }

    public void Dispose() => _calls.Close(_device);

    private int Call(uint request, nint argument) => Call(_device, request, argument);

    private byte[] AskCpuid()
    {
        for (var entries = FirstEntries; ; entries *= 2)
        {
            var bytes = new byte[KvmLayout.Cpuid2.Entries + (entries * KvmLayout.Cpuid2.EntrySize)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, entries);
            try
            {
                Call(_device, KvmRequests.GetSupportedCpuid, bytes);
            }
            catch (KvmException e) when (e.Error == "E2BIG" && entries < MostEntries)
            {
                continue;
            }

            var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            return count >= 0 && count <= entries
                ? bytes[..(KvmLayout.Cpuid2.Entries + (count * KvmLayout.Cpuid2.EntrySize))]
                : throw new KvmException(FactState.Malformed, $"KVM_GET_SUPPORTED_CPUID: {count} entries");
        }
    }
}
