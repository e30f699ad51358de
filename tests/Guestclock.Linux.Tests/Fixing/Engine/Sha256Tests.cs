using System.Security.Cryptography;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Tests.Fixing.Engine;

public class Sha256Tests
{
    [Fact]
    public void It_agrees_with_another_one_for_every_length_up_to_300_and_a_long_one()
    {
        var random = new Random(1);
        foreach (var length in Enumerable.Range(0, 300).Append(1_000_003))
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Sha256.Of(bytes));
        }
    }
}
