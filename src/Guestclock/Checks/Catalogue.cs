namespace Guestclock.Checks;

/// <summary>Every check, in the order in which they are listed. Adding a check is adding its line here.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new Tsc.TscConstant(),
    ];

    public static Check? Find(string id) => All.FirstOrDefault(c => c.Id == id);
}
