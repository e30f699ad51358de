using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Tests.Libvirt;

public class CallPlacesTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Guests_that_did_not_answer_leave_places_to_those_that_do()
    {
        var places = new CallPlaces(4);
        foreach (var guest in (string[])["a", "b", "c"])
            await TakeInVainAsync(places, guest);

        using var silent = await places.TakeAsync("a", new(Soon), default);
        var refused = await Assert.ThrowsAsync<AgentException>(() => places.TakeAsync("b", new(Soon), default));
        Assert.Equal(AgentFailure.Busy, refused.Failure);
        using var sound = await places.TakeAsync("d", new(Soon), default);
    }

    [Fact]
    public async Task A_guest_that_answers_again_is_one_of_many_again()
    {
        var places = new CallPlaces(4);
        foreach (var guest in (string[])["a", "b"])
            await TakeInVainAsync(places, guest);
        (await places.TakeAsync("b", new(Soon), default)).Dispose();

        using var silent = await places.TakeAsync("a", new(Soon), default);
        using var again = await places.TakeAsync("b", new(Soon), default);
    }

    [Fact]
    public async Task No_more_calls_than_places_are_under_way()
    {
        var places = new CallPlaces(1);
        using (await places.TakeAsync("a", new(Soon), default))
            await Assert.ThrowsAsync<AgentException>(() => places.TakeAsync("b", new(Soon), default));
        using var next = await places.TakeAsync("b", new(Soon), default);
    }

    private static async Task TakeInVainAsync(CallPlaces places, string guest)
    {
        using var place = await places.TakeAsync(guest, new(Soon), default);
        place.WasSilent = true;
    }
}
