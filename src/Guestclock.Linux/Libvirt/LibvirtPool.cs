using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// Connections for agent commands. The daemon serves at most 5 calls of one client at a time (<c>max_client_requests</c>) and 20 of all
/// clients (<c>max_workers</c> of libvirtd.conf), and a command holds its place until the agent answers: so there are several connections,
/// and some places are left to others.
/// </summary>
public sealed class LibvirtPool(string uri) : IDisposable
{
    private const int Connections = 4;
    private const int CallsEach = 4;
    private readonly Lock _lock = new();
    private readonly List<Member> _members = [];
    private readonly CallPlaces _places = new(Connections * CallsEach);
    private bool _isDisposed;

    public string Uri => uri;

    /// <summary>Runs a call about one guest on a thread of its own, when there is a place for it.</summary>
    /// <param name="deadline">For the wait until it begins; how long it lasts is up to the call.</param>
    /// <exception cref="AgentException">No place in time, no daemon, no such guest, or what the call throws.</exception>
    internal async Task<T> CallAsync<T>(string guest, Func<DomainHandle, T> call, Deadline deadline, CancellationToken cancellationToken)
    {
        using var place = await _places.TakeAsync(guest, deadline, cancellationToken);
        var member = Choose();
        try
        {
            var connection = await member.Connection.WaitAsync(deadline.Shorter(TimeSpan.FromSeconds(30)), cancellationToken);
            return await OwnThread.Run(() =>
            {
                using var domain = connection.LookUp(guest);
                return call(domain);
            });
        }
        catch (TimeoutException e)
        {
            throw new AgentException(AgentFailure.Transport, "libvirt does not take the connection", e);
        }
        catch (AgentException e)
        {
            place.WasSilent = e.Failure == AgentFailure.Busy;
            throw;
        }
        finally
        {
            lock (_lock)
                member.Calls--;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var member in _members)
                member.Close();
            _members.Clear();
        }
    }

    /// <summary>The member with the fewest calls; a new one where that is allowed and all are at work.</summary>
    private Member Choose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                throw new AgentException(AgentFailure.NoGuest, $"{uri} is not watched any more");
            foreach (var lost in _members.Where(m => m.IsLost).ToArray())
            {
                _members.Remove(lost);
                lost.Close();
            }

            var member = _members.MinBy(m => m.Calls);
            if (member is null || (member.Calls > 0 && _members.Count < Connections))
            {
                member = new(LibvirtConnection.OpenAsync(uri, CancellationToken.None));
                _members.Add(member);
            }

            member.Calls++;
            return member;
        }
    }

    private sealed class Member(Task<LibvirtConnection> connection)
    {
        public Task<LibvirtConnection> Connection => connection;

        public int Calls { get; set; }

        public bool IsLost => connection.IsCompleted && (!connection.IsCompletedSuccessfully || connection.Result.Closed.IsCompleted);

        public void Close()
        {
            _ = connection.ContinueWith(c => c.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            OwnThread.Forget(connection);
        }
    }
}
