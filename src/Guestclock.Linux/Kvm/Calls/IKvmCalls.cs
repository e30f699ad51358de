namespace Guestclock.Linux.Kvm.Calls;

/// <summary>Every call that reaches KVM. Tests refuse them in turn. Each returns what the system call returns, or −errno.</summary>
internal interface IKvmCalls
{
    /// <summary>open(2) with O_RDWR | O_CLOEXEC.</summary>
    int Open(string path);

    /// <param name="argument">A number, or the address of what the request reads or fills.</param>
    int Control(int descriptor, uint request, nint argument);

    /// <summary>mmap(2), shared, to read and write; with descriptor −1 fresh memory.</summary>
    nint Map(int descriptor, int bytes);

    void Unmap(nint address, int bytes);

    void Close(int descriptor);
}
