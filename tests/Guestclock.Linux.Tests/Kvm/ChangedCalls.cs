using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Tests.Kvm;

/// <summary>The real calls, of which some are refused or answered with something else; it counts what is not given back.</summary>
internal sealed class ChangedCalls : IKvmCalls
{
    private int _held;

    /// <summary>−errno in place of a call, or null; the arguments are the request and how many calls there were before.</summary>
    public Func<uint, int, int?> Refuse { get; init; } = (_, _) => null;

    /// <summary>Told of each request that succeeded, with its argument.</summary>
    public Action<uint, nint> After { get; init; } = (_, _) => { };

    /// <summary>Stands for mmap in <see cref="Refuse"/>, as 0 for open.</summary>
    public const uint Mapping = 1;

    private int _calls;

    /// <summary>Descriptors and mappings that were made and not given back; those that a request made are not counted.</summary>
    public int Held => _held;

    public int Calls => _calls;

    public int Open(string path) => Count(Next(0) ?? KvmCalls.Instance.Open(path));

    public int Control(int descriptor, uint request, nint argument)
    {
        if (Next(request) is { } refused)
            return refused;
        var result = KvmCalls.Instance.Control(descriptor, request, argument);
        if (result >= 0)
            After(request, argument);
        return request is KvmRequests.CreateVm or KvmRequests.CreateVcpu ? Count(result) : result;
    }

    public nint Map(int descriptor, int bytes)
    {
        nint address = Next(Mapping) is { } refused ? refused : KvmCalls.Instance.Map(descriptor, bytes);
        if (address is not (< 0 and > -4096))
            Interlocked.Increment(ref _held);
        return address;
    }

    public void Unmap(nint address, int bytes)
    {
        KvmCalls.Instance.Unmap(address, bytes);
        Interlocked.Decrement(ref _held);
    }

    public void Close(int descriptor)
    {
        KvmCalls.Instance.Close(descriptor);
        Interlocked.Decrement(ref _held);
    }

    private int? Next(uint request) => Refuse(request, Interlocked.Increment(ref _calls) - 1);

    private int Count(int descriptor)
    {
        if (descriptor >= 0)
            Interlocked.Increment(ref _held);
        return descriptor;
    }
}
