using Guestclock.Facts;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.Native;

public sealed class ErrnoTests
{
    [Theory]
    [InlineData(2, FactState.Missing, "no such file or directory")]
    [InlineData(20, FactState.Missing, "no such file or directory")]
    [InlineData(19, FactState.Missing, "no such device")]
    [InlineData(6, FactState.Missing, "no such device")]
    [InlineData(13, FactState.Denied, "permission denied")]
    [InlineData(1, FactState.Denied, "permission denied")]
    [InlineData(40, FactState.Malformed, "too many symbolic links")]
    [InlineData(38, FactState.Unsupported, "read /x: Function not implemented (errno 38)")]
    [InlineData(5, FactState.Failed, "read /x: Input/output error (errno 5)")]
    public void Each_error_number_is_a_state_with_a_sentence(int errno, FactState state, string why) =>
        Assert.Equal(Fact.Unknown<string>(state, "x", why, 7), Errno.ToFact<string>(errno, "read", "/x", "x", 7));
}
