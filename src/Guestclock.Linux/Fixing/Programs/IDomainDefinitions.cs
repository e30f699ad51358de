namespace Guestclock.Linux.Fixing.Programs;

/// <summary>The persistent definitions of domains, as libvirt keeps them, with their secrets.</summary>
internal interface IDomainDefinitions
{
    /// <exception cref="FixEngineException">libvirt does not tell.</exception>
    string Read(string uri, string name);

    /// <summary>Gives a domain another definition, and returns what libvirt made of it.</summary>
    /// <param name="before">What must stand there now.</param>
    /// <exception cref="FixEngineException">Another definition stands there, or libvirt refuses the new one.</exception>
    string Replace(string uri, string name, string before, string after);
}
