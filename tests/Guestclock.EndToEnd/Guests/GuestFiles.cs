using Guestclock.Testing;

namespace Guestclock.EndToEnd.Guests;

/// <summary>Files of this repository that guests need.</summary>
internal static class GuestFiles
{
    /// <summary>The published program.</summary>
    /// <exception cref="GuestUnavailableException">It was not published.</exception>
    public static string Program =>
        File.Exists(Binary.Path) ? Binary.Path : throw new GuestUnavailableException($"{Binary.Path} is missing: run ./publish first");

    /// <summary>The path of a file in <c>tests/guests</c>.</summary>
    public static string At(string name) => Repository.At("tests", "guests", name);
}
