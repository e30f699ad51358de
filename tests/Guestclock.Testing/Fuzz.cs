using System.Text;
using Guestclock.Formats;

namespace Guestclock.Testing;

/// <summary>
/// Feeds a parser with mutated real inputs. A parser may refuse input with <see cref="MalformedInputException"/> and nothing else.
/// The seed is fixed, so that a failure repeats; GUESTCLOCK_FUZZ_RUNS and GUESTCLOCK_FUZZ_SEED search further.
/// </summary>
public static class Fuzz
{
    private static readonly byte[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, (byte)'\n', (byte)' ', (byte)'"', (byte)'=', (byte)'$', (byte)'<', (byte)'&', (byte)'\\', (byte)'-'];

    public static void Text(IReadOnlyList<string> samples, Action<string> parse, int runs = 2000) =>
        Bytes(samples.Select(Encoding.UTF8.GetBytes).ToList(), b => parse(Encoding.UTF8.GetString(b)), runs);

    public static void Bytes(IReadOnlyList<byte[]> samples, Action<byte[]> parse, int runs = 2000)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("GUESTCLOCK_FUZZ_SEED"), out var s) ? s : 20260101;
        runs = int.TryParse(Environment.GetEnvironmentVariable("GUESTCLOCK_FUZZ_RUNS"), out var r) ? r : runs;
        var random = new Random(seed);
        for (var run = 0; run < runs; run++)
        {
            var input = run < samples.Count ? samples[run] : Mutate(random, samples);
            try
            {
                parse(input);
            }
            catch (MalformedInputException)
            {
                // Refused with a sentence: that is right.
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"run {run} of seed {seed}: {e.GetType().Name} {e.Message}\ninput: {Convert.ToHexString(input)}\n{Encoding.UTF8.GetString(input)}", e);
            }
        }
    }

    private static byte[] Mutate(Random random, IReadOnlyList<byte[]> samples)
    {
        var bytes = samples[random.Next(samples.Count)].ToList();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = Interesting[random.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.Insert(at, Interesting[random.Next(Interesting.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(1, 33)).ToList());
                    break;
                case 5:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    var other = samples[random.Next(samples.Count)];
                    bytes.InsertRange(at, other.Skip(random.Next(other.Length + 1)).Take(random.Next(1, 65)));
                    break;
            }
        }

        return [.. bytes];
    }
}
