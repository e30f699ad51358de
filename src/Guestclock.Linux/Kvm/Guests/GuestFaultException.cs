using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>The guest ended in another way than by halting.</summary>
#pragma warning disable CA1032, RCS1194 // Only this way to fail.
internal sealed class GuestFaultException(string message) : KvmException(FactState.Failed, message);
#pragma warning restore CA1032, RCS1194
