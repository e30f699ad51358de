using Guestclock.Lab;

namespace Guestclock.EndToEnd.Guests;

/// <summary>Files of this repository that guests need.</summary>
internal static class GuestFiles
{
    /// <summary>The published program.</summary>
    /// <exception cref="LabException">It was not published.</exception>
    public static string Program =>
        File.Exists(Binary.Path) ? Binary.Path : throw new LabException($"{Binary.Path} is missing: run ./publish first");
}
