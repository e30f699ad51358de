namespace Guestclock.Linux.Fixing.Programs;

/// <summary>The persistent definitions of domains, as libvirt keeps them.</summary>
internal interface IDomainDefinitions
{
    /// <summary>For the next start, with secrets.</summary>
    /// <exception cref="FixEngineException">libvirt does not tell.</exception>
    string Read(string uri, string name);

    /// <exception cref="FixEngineException">libvirt refuses it.</exception>
    void Define(string uri, string xml);
}
