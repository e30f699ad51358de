namespace Guestclock.Protocols.PvClock;

/// <summary>How a guest's TSC is carried to another virtual machine or host: Documentation/virt/kvm/devices/vcpu.rst, KVM_VCPU_TSC_OFFSET.</summary>
public static class TscRestore
{
    private const long CyclesPerKhzAndNs = 1_000_000;

    /// <summary>
    /// The offset to write at the destination: ofs_d = ofs_s − (guest_s − guest_d) × freq + (tsc_s − tsc_d). What the guest's clock went on
    /// is added to the guest's TSC; what the two hosts' counters differ by is taken out.
    /// </summary>
    /// <param name="sourceOffset">ofs_s, in cycles.</param>
    /// <param name="sourceClockNs">guest_s of KVM_GET_CLOCK at the source.</param>
    /// <param name="sourceHostTsc">tsc_s of the same call.</param>
    /// <param name="clockNs">guest_d of KVM_GET_CLOCK at the destination, after its clock was set.</param>
    /// <param name="hostTsc">tsc_d of the same call.</param>
    /// <param name="khz">freq, the guest's TSC rate.</param>
    /// <returns>In cycles modulo 2⁶⁴, rounded to the nearest.</returns>
    public static long Offset(long sourceOffset, ulong sourceClockNs, ulong sourceHostTsc, ulong clockNs, ulong hostTsc, long khz)
    {
        var product = ((Int128)clockNs - (Int128)sourceClockNs) * khz;
        var half = CyclesPerKhzAndNs / 2 * Int128.Sign(product);
        var wentOn = (product + half) / CyclesPerKhzAndNs;
        return unchecked((long)(ulong)(sourceOffset + wentOn + (Int128)sourceHostTsc - (Int128)hostTsc));
    }
}
